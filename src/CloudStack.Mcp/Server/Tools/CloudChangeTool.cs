using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Consent;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>Runs any command that changes something.</summary>
/// <param name="parts">What the tools work with.</param>
/// <param name="calls">Runs commands.</param>
internal sealed class CloudChangeTool(ServerParts parts, CommandCalls calls) : ITool
{
    /// <summary>The tool's name.</summary>
    public const string Name = "cloud_change";

    /// <summary>The arguments with which a change is confirmed.</summary>
    public static IReadOnlyList<ArgumentRule> ConfirmationRules { get; } =
    [
        new ArgumentRule("confirm", ArgumentKind.Text, "The token of the answer that asked for confirmation"),
        new ArgumentRule("typed", ArgumentKind.Text, "Critical changes: the target's name as the person typed it"),
    ];

    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        Name,
        "Change",
        $"Run a {parts.Vocabulary.Product} command that changes something. Names work in place of ids. What stops a service or "
            + "destroys something isn't done at once: the answer says what would happen and gives a token. Show it to the person, "
            + "and only if they agree call again with the same arguments and the token as confirm.",
        [
            new ArgumentRule("command", ArgumentKind.Text) { Required = true },
            new ArgumentRule("arguments", ArgumentKind.Object, "The command's parameters by name"),
            .. ConfirmationRules,
        ],
        EffectHints.For(Effect.Destroy));

    /// <inheritdoc/>
    public async Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
    {
        var arguments = ToolArguments.Read(Definition, given);
        var command = calls.Find(arguments.Text("command")!);
        if (command.IsRead)
        {
            throw new CloudException(
                ErrorCause.InvalidArgument, $"{command.Name} changes nothing.", "Use cloud_read for it.") { Command = command.Name };
        }

        var offer = new ConfirmationOffer(Definition.Name, arguments.Text("confirm"), arguments.Text("typed"));
        return await calls.ChangeAsync(command, arguments.Members("arguments"), offer, caller, cancellationToken);
    }
}
