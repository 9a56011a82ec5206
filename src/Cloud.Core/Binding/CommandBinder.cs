using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace Cloud.Core.Binding;

/// <summary>
/// The first step of an operation: checks every argument against the catalog before anything is sent, and reports all
/// problems at once. Unknown arguments are problems, because servers ignore them silently.
/// </summary>
public static class CommandBinder
{
    /// <summary>Finds the command that a request names.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="name">An API name or a cmdlet name, in any case.</param>
    /// <returns>The command.</returns>
    /// <exception cref="CloudException"><see cref="ErrorCause.UnknownCommand"/>, with the closest known name.</exception>
    public static CommandSpec FindCommand(CommandCatalog catalog, string name)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(name);
        var command = catalog.FindCommand(name) ?? catalog.FindByCmdlet(name);
        if (command is not null)
        {
            return command;
        }

        var shown = name.Length > 80 ? name[..80] + "…" : name;
        var closest = Spelling.Closest(name, catalog.CommandNames)
            ?? Spelling.Closest(name, catalog.Commands.Select(c => c.Cmdlet).OfType<string>());
        throw new CloudException(
            ErrorCause.UnknownCommand,
            $"There is no command '{shown}'.",
            closest is null ? "Search the commands by what you want to do." : $"Did you mean {closest}?");
    }

    /// <summary>Binds a request's arguments.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Raw values by wire name or label.</param>
    /// <returns>The command with checked values; absent and null arguments are left out.</returns>
    /// <exception cref="CloudException"><see cref="ErrorCause.InvalidArgument"/>, listing every problem.</exception>
    public static BoundCommand Bind(
        CommandCatalog catalog, CommandSpec command, IReadOnlyDictionary<string, object?> arguments)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(arguments);
        var problems = new List<string>();
        var bound = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, raw) in arguments)
        {
            if (command.FindParameter(name) is not { } parameter)
            {
                problems.Add(UnknownParameter(command, name));
            }
            else if (!RawValue.IsAbsent(raw))
            {
                BindOne(catalog, parameter, raw!, bound, problems);
            }
        }

        foreach (var parameter in command.Parameters)
        {
            if (parameter.Required && !bound.ContainsKey(parameter.Name) && !WasGiven(parameter, arguments))
            {
                problems.Add($"'{parameter.Label}' is required");
            }
        }

        return problems.Count == 0 ? new BoundCommand(command, bound) : throw Refuse(command, problems);
    }

    private static void BindOne(
        CommandCatalog catalog, ParameterSpec parameter, object raw, Dictionary<string, object> bound, List<string> problems)
    {
        var binder = new ValueBinder(parameter, entity => catalog.FindResult(entity)?.Finder is not null);
        if (binder.Bind(raw, out var value) is { } problem)
        {
            problems.Add($"'{parameter.Label}' {problem}");
        }
        else if (parameter.Required && IsEmpty(value))
        {
            problems.Add($"'{parameter.Label}' is required and must not be empty");
        }
        else if (!bound.TryAdd(parameter.Name, value))
        {
            problems.Add($"'{parameter.Label}' is given twice");
        }
    }

    private static bool WasGiven(ParameterSpec parameter, IReadOnlyDictionary<string, object?> arguments) =>
        arguments.Any(a => !RawValue.IsAbsent(a.Value)
            && (string.Equals(a.Key, parameter.Name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(a.Key, parameter.Label, StringComparison.OrdinalIgnoreCase)));

    private static bool IsEmpty(object value) => value switch
    {
        string text => text.Length == 0,
        System.Collections.ICollection many => many.Count == 0,
        _ => false,
    };

    private static string UnknownParameter(CommandSpec command, string name)
    {
        var shown = name.Length > 80 ? name[..80] + "…" : name;
        return Spelling.Closest(name, command.Parameters.Select(p => p.Label)) is { } closest
            ? $"there is no parameter '{shown}'; did you mean '{closest}'?"
            : $"there is no parameter '{shown}'";
    }

    private static CloudException Refuse(CommandSpec command, List<string> problems) => new(
        ErrorCause.InvalidArgument,
        $"{command.Name}: {ProblemText.Sentence(problems)}",
        "Correct the arguments and try again; nothing was sent.")
    {
        Command = command.Name,
        Problems = problems,
    };
}
