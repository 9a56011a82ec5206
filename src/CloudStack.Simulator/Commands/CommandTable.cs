using Cloud.Core.Catalog;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Jobs;

namespace CloudStack.Simulator.Commands;

/// <summary>How one command is carried out.</summary>
/// <param name="Answer">For commands that answer at once.</param>
/// <param name="Begin">For commands that answer with a job.</param>
/// <param name="Reads">True where the command changes nothing, so that others may read meanwhile.</param>
internal sealed record CommandHandler(Func<CommandCall, Answer>? Answer, Func<CommandCall, Work>? Begin, bool Reads)
{
    /// <summary>The identifier that the command looks up itself, because it may name what isn't kept under the catalog's class.</summary>
    public string? LooksUp { get; init; }
}

/// <summary>The commands that have a life cycle of their own. All others are answered by <see cref="Generic.GenericCommands"/>.</summary>
internal sealed class CommandTable(CommandCatalog catalog)
{
    private readonly Dictionary<string, CommandHandler> _handlers = new(StringComparer.Ordinal);

    public CommandHandler? Find(string command) => _handlers.GetValueOrDefault(command);

    /// <summary>Adds a command that changes nothing.</summary>
    public void Read(string command, Func<CommandCall, Answer> answer) =>
        Add(command, isAsync: false, new CommandHandler(answer, null, true));

    /// <summary>Adds a command that changes something at once.</summary>
    public void Do(string command, Func<CommandCall, Answer> answer, string? looksUp = null) =>
        Add(command, isAsync: false, new CommandHandler(answer, null, false) { LooksUp = looksUp });

    /// <summary>Adds a command that starts a job.</summary>
    public void Begin(string command, Func<CommandCall, Work> begin) =>
        Add(command, isAsync: true, new CommandHandler(null, begin, false));

    private void Add(string command, bool isAsync, CommandHandler handler)
    {
        var spec = catalog.FindCommand(command);
        if (spec?.Name != command || spec.IsAsync != isAsync)
        {
            throw new InvalidOperationException(
                $"{command} isn't a{(isAsync ? "n asynchronous" : " synchronous")} command of the catalog.");
        }

        _handlers.Add(command, handler);
    }
}
