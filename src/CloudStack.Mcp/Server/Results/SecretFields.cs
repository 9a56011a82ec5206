using Cloud.Core.Catalog;
using Cloud.Core.Security;

namespace CloudStack.Mcp.Server.Results;

/// <summary>
/// Decides which fields of an answer are shown. A secret is shown only where it was asked for: by a command whose
/// purpose is to hand it out, or by naming the field.
/// </summary>
/// <param name="command">The command that answered, or null where it isn't known.</param>
/// <param name="asked">The fields that were asked for by name.</param>
internal sealed class SecretFields(CommandSpec? command, IReadOnlyCollection<string> asked)
{
    // A list shows many people's objects; it hands out secrets beside others, never as its purpose.
    private readonly bool _handsOut = command is { ResponseSensitive: true, IsList: false };

    /// <summary>Tells whether a text field must be masked.</summary>
    /// <param name="field">What the catalog says of it, or null for an unknown one.</param>
    /// <param name="name">Its wire name.</param>
    public bool Hides(FieldSpec? field, string name) =>
        !_handsOut
        && (field is { Sensitive: true } || Redaction.IsSecretName(name))
        && !asked.Contains(name);
}
