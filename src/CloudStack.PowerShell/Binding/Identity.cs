using System.Management.Automation;
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
        KnownName = known.GetText("name");
        Connection = known.Connection;
        IsTyped = true;
    }

    /// <summary>Takes what the pipeline wraps: an object of the model, a text, or a plain object that has an id, such as a row of a CSV file.</summary>
    /// <param name="wrapped">The wrapped value.</param>
    /// <exception cref="ArgumentException">It's something else, or was once an object of another model.</exception>
    public Identity(PSObject wrapped)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        var identity = wrapped.BaseObject switch
        {
            Identity<T> same => same,
            T known => new Identity<T>(known),
            string text => new Identity<T>(text),
            Guid id => new Identity<T>(id),
            PSCustomObject when IdOf(wrapped) is { Length: > 0 } id => new Identity<T>(id),
            var other => throw new ArgumentException(
                $"A {KindOf(wrapped) ?? other.GetType().Name} isn't a {typeof(T).Name} and carries no id of one.", nameof(wrapped)),
        };
        (Text, KnownName, Connection, IsTyped) = (
            identity.Text, identity.KnownName, identity.Connection, identity.IsTyped || KindOf(wrapped) == typeof(T).Name);
    }

    /// <summary>An id or a name; empty where nothing was given.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    string? IIdentity.KnownName => KnownName;

    /// <inheritdoc/>
    string? IIdentity.Connection => Connection;

    /// <inheritdoc/>
    bool IIdentity.IsTyped => IsTyped;

    private string? KnownName { get; }

    private string? Connection { get; }

    private bool IsTyped { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string? IdOf(PSObject plain) =>
        KindOf(plain) is { } kind && kind != typeof(T).Name ? null : plain.Properties["Id"]?.Value?.ToString();

    // Select-Object and serialization leave plain objects that still say what they were, behind a word of their own.
    private static string? KindOf(PSObject value)
    {
        var space = typeof(T).Namespace + ".";
        var name = value.TypeNames.FirstOrDefault(type => type.Contains(space, StringComparison.Ordinal));
        return name?[(name.IndexOf(space, StringComparison.Ordinal) + space.Length)..];
    }
}
