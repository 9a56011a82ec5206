using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Binding;

/// <summary>
/// One object of the cloud as an argument: its id, its name, or the object itself. PowerShell picks the constructor that
/// fits the value, so that a machine binds where a machine is wanted and a zone doesn't.
/// </summary>
/// <typeparam name="T">The model of the object.</typeparam>
public sealed class Identity<T> : IIdentity where T : CloudObject
{
    /// <summary>Takes an id or a name.</summary>
    /// <param name="text">The id or name.</param>
    public Identity(string? text) => Text = text ?? "";

    /// <summary>Takes an id.</summary>
    /// <param name="id">The id.</param>
    public Identity(Guid id) => Text = id.ToString("D");

    /// <summary>Takes an object that the cloud answered.</summary>
    /// <param name="known">The object.</param>
    /// <exception cref="ArgumentException">The object carries no id.</exception>
    public Identity(T known)
    {
        ArgumentNullException.ThrowIfNull(known);
        Text = known.GetText("id") ?? known.GetText("uuid")
            ?? throw new ArgumentException($"This {typeof(T).Name} carries no id.", nameof(known));
    }

    /// <summary>An id or a name; empty where nothing was given.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
