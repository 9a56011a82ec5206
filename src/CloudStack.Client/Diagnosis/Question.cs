using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.Client.Diagnosis;

/// <summary>A read that a check sends.</summary>
internal static class Question
{
    /// <summary>Sends a read without arguments.</summary>
    /// <param name="provider">The cloud.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <returns>The first object of the answer, or null where it has none.</returns>
    /// <exception cref="CloudException">It failed.</exception>
    public static async Task<CloudObject?> AskAsync(ICloudProvider provider, string command, CancellationToken cancellationToken)
    {
        var spec = provider.Catalog.FindCommand(command)!;
        var reply = await provider.SendAsync(new BoundCommand(spec, new Dictionary<string, object>()), cancellationToken).ConfigureAwait(false);
        return reply.Objects.Count > 0 ? reply.Objects[0] : null;
    }
}
