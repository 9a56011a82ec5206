using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.Server.Limits;

/// <summary>
/// What the operator lets this server do at all. No client, tool or confirmation widens it. An effect in the allow list
/// covers the milder ones, an effect in the deny list the worse ones; a denial beats everything.
/// </summary>
internal sealed class OperatorLimit
{
    private readonly Predicate<CommandSpec> _allows;

    private OperatorLimit(bool readOnly, Predicate<CommandSpec> allows) => (IsReadOnly, _allows) = (readOnly, allows);

    /// <summary>No limit.</summary>
    public static OperatorLimit None { get; } = new(false, _ => true);

    /// <summary>True where only reads are let through.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Reads a limit.</summary>
    /// <param name="readOnly">Let only reads through.</param>
    /// <param name="allow">Effects, categories and commands let through; empty for all.</param>
    /// <param name="deny">Effects, categories and commands kept back.</param>
    /// <param name="catalog">Knows categories and commands; only read where there are lists.</param>
    /// <exception cref="CloudException">An entry names no effect, category or command.</exception>
    public static OperatorLimit Create(
        bool readOnly, IReadOnlyCollection<string> allow, IReadOnlyCollection<string> deny, Func<CommandCatalog> catalog)
    {
        var allowed = Rule.Parse(allow, catalog);
        var denied = Rule.Parse(deny, catalog);
        return new OperatorLimit(readOnly, command => Lets(allowed, denied, command));
    }

    /// <summary>What any of several limits lets through, as for a caller with several roles.</summary>
    /// <param name="limits">The limits; of none, nothing is let through.</param>
    public static OperatorLimit AnyOf(IReadOnlyList<OperatorLimit> limits) => limits.Count == 1
        ? limits[0]
        : new OperatorLimit(limits.All(limit => limit.IsReadOnly), command => limits.Any(limit => limit.Allows(command)));

    /// <summary>This limit and another on top: what either keeps back isn't let through.</summary>
    /// <param name="other">The other.</param>
    public OperatorLimit And(OperatorLimit other) =>
        new(IsReadOnly || other.IsReadOnly, command => Allows(command) && other.Allows(command));

    /// <summary>Tells whether a command is let through.</summary>
    /// <param name="command">The command.</param>
    public bool Allows(CommandSpec command) => (!IsReadOnly || command.IsRead) && _allows(command);

    /// <summary>Refuses a command that isn't let through.</summary>
    /// <param name="command">The command.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.DeniedByPolicy"/>.</exception>
    public void Demand(CommandSpec command)
    {
        if (!Allows(command))
        {
            throw new CloudException(
                ErrorCause.DeniedByPolicy,
                IsReadOnly && !command.IsRead
                    ? $"This server is read-only; {command.Name} changes something. Nothing was sent."
                    : $"This server's operator doesn't let {command.Name} through. Nothing was sent.",
                "Ask the operator to change the server's limits; nothing in a call can.")
            {
                Command = command.Name,
            };
        }
    }

    private static bool Lets(Rule allowed, Rule denied, CommandSpec command)
    {
        var effect = command.Effect.Effect;
        return (allowed.Effect is not { } most || effect <= most)
            && (allowed.Categories.Count + allowed.Commands.Count == 0 || allowed.Names(command))
            && (denied.Effect is not { } least || effect < least)
            && !denied.Names(command);
    }

    private sealed record Rule(Effect? Effect, IReadOnlySet<string> Categories, IReadOnlySet<string> Commands)
    {
        public static Rule Empty { get; } = new(null, new HashSet<string>(), new HashSet<string>());

        public static Rule Parse(IReadOnlyCollection<string> entries, Func<CommandCatalog> catalog)
        {
            if (entries.Count == 0)
            {
                return Empty;
            }

            Effect? effect = null;
            var categories = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var commands = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var known = catalog();
            var allCategories = known.Commands.Select(c => c.Category).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in entries.SelectMany(e => e.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
            {
                if (char.IsLetter(entry[0]) && Enum.TryParse<Effect>(entry, ignoreCase: true, out var named))
                {
                    effect = named;
                }
                else if (allCategories.Contains(entry))
                {
                    categories.Add(entry);
                }
                else
                {
                    commands.Add(CommandNames.Find(known, entry)?.Name ?? throw Unknown(entry, known, allCategories));
                }
            }

            return new Rule(effect, categories, commands);
        }

        public bool Names(CommandSpec command) => Categories.Contains(command.Category) || Commands.Contains(command.Name);

        private static CloudException Unknown(string entry, CommandCatalog catalog, IEnumerable<string> categories) => new(
            ErrorCause.InvalidArgument,
            $"'{entry}' is no effect, category or command.",
            Spelling.Closest(entry, categories.Concat(catalog.CommandNames)) is { } closest
                ? $"Did you mean {closest}?"
                : "Effects are read, change, disrupt, destroy and critical; the 'tools' command lists categories and commands.");
    }
}
