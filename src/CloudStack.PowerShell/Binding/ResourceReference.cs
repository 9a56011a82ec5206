using System.Management.Automation;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;
using CloudStack.Client;

namespace CloudStack.PowerShell.Binding;

/// <summary>
/// An object of any class as an argument: its id, the object itself, or its name where the class is said beside it. The
/// object says its class itself.
/// </summary>
public sealed class ResourceReference : IIdentity
{
    private readonly CloudObject? _known;

    /// <summary>Takes an id or a name.</summary>
    /// <param name="text">The id or name.</param>
    public ResourceReference(string? text) => Text = text ?? "";

    /// <summary>Takes an id.</summary>
    /// <param name="id">The id.</param>
    public ResourceReference(Guid id) => Text = id.ToString("D");

    /// <summary>Takes an object that the cloud answered.</summary>
    /// <param name="known">The object.</param>
    /// <exception cref="ArgumentException">The object carries no id.</exception>
    public ResourceReference(CloudObject known)
    {
        ArgumentNullException.ThrowIfNull(known);
        Text = known.GetText("id") ?? known.GetText("uuid")
            ?? throw new ArgumentException($"This {known.GetType().Name} carries no id.", nameof(known));
        _known = known;
    }

    /// <summary>Takes what the pipeline wraps.</summary>
    /// <param name="wrapped">The wrapped value.</param>
    /// <exception cref="ArgumentException">It's neither an object of the cloud nor a text.</exception>
    public ResourceReference(PSObject wrapped)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        var reference = wrapped.BaseObject switch
        {
            ResourceReference same => same,
            CloudObject known => new ResourceReference(known),
            string text => new ResourceReference(text),
            Guid id => new ResourceReference(id),
            var other => throw new ArgumentException($"A {other.GetType().Name} is no object of a cloud, and no id or name of one.", nameof(wrapped)),
        };
        (Text, _known) = (reference.Text, reference._known);
    }

    /// <summary>An id or a name; empty where nothing was given.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    string? IIdentity.KnownName => _known?.GetText("name");

    /// <inheritdoc/>
    string? IIdentity.Connection => _known?.Connection;

    /// <inheritdoc/>
    bool IIdentity.IsTyped => _known is not null;

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Gives the word for the object's class, as a command's parameter takes it; null for an id or a name.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parameter">The parameter that names a class.</param>
    internal string? Kind(CommandSpec command, string parameter)
    {
        if (_known is null)
        {
            return null;
        }

        var model = _known.GetType().Name;
        var isIso = string.Equals(_known.GetText("format"), "ISO", StringComparison.OrdinalIgnoreCase);
        var catalog = CloudStackCatalog.Load();
        return ResourceKinds.Classes.FirstOrDefault(name => catalog.FindResult(name)?.Model == model) is { } resultClass
            ? ResourceKinds.WordFor(resultClass, isIso, command, parameter)
            : null;
    }
}
