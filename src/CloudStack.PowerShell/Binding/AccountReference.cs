using System.Management.Automation;
using CloudStack.Client.Models;

namespace CloudStack.PowerShell.Binding;

/// <summary>
/// An account as a list takes it: by its name, which only means something within a domain. An account that is given whole
/// says its domain itself.
/// </summary>
public sealed class AccountReference : IIdentity
{
    private readonly Account? _known;

    /// <summary>Takes a name.</summary>
    /// <param name="name">The account's name.</param>
    public AccountReference(string? name) => Text = name ?? "";

    /// <summary>Takes an account that the cloud answered.</summary>
    /// <param name="known">The account.</param>
    /// <exception cref="ArgumentException">The account carries no name.</exception>
    public AccountReference(Account known)
    {
        ArgumentNullException.ThrowIfNull(known);
        Text = known.GetText("name") ?? throw new ArgumentException("This account carries no name.", nameof(known));
        _known = known;
    }

    /// <summary>Takes what the pipeline wraps: an account, or a text.</summary>
    /// <param name="wrapped">The wrapped value.</param>
    /// <exception cref="ArgumentException">It's something else.</exception>
    public AccountReference(PSObject wrapped)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        var reference = wrapped.BaseObject switch
        {
            AccountReference same => same,
            Account known => new AccountReference(known),
            string name => new AccountReference(name),
            var other => throw new ArgumentException($"A {other.GetType().Name} isn't an account.", nameof(wrapped)),
        };
        (Text, _known) = (reference.Text, reference._known);
    }

    /// <summary>The account's name; empty where nothing was given.</summary>
    public string Text { get; }

    /// <summary>The id of the account's domain; null where only a name was given.</summary>
    public string? DomainId => _known?.GetText("domainid");

    /// <inheritdoc/>
    string? IIdentity.KnownName => null;

    /// <inheritdoc/>
    string? IIdentity.Connection => _known?.Connection;

    /// <inheritdoc/>
    bool IIdentity.IsTyped => _known is not null;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
