namespace CloudStack.Client.Diagnosis;

/// <summary>One thing that is checked. A check changes nothing, neither here nor in a cloud.</summary>
public interface ICheck
{
    /// <summary>What is checked, in one word.</summary>
    string Name { get; }

    /// <summary>Checks it.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">It doesn't work.</exception>
    Task<Finding> RunAsync(CancellationToken cancellationToken);
}
