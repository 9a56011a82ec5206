using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tasks;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Calls;

/// <summary>Runs commands for the tools, and writes their answers.</summary>
/// <param name="parts">What the tools work with.</param>
internal sealed class CommandCalls(ServerParts parts)
{
    private const int LongestName = 80;

    /// <summary>Finds a command that a caller names and the operator lets through.</summary>
    /// <param name="name">An API name, cmdlet or tool name.</param>
    /// <exception cref="CloudException">There is none, or it isn't let through.</exception>
    public CommandSpec Find(string name)
    {
        var command = CommandNames.Find(parts.Catalog, name) ?? Alias(name)
            ?? throw Unknown(name);
        parts.Limit.Demand(command);
        return IsCallable(command) ? command : throw new CloudException(
            ErrorCause.DeniedByPolicy,
            $"{command.Name} signs people in and out; nothing was sent.",
            "Call the command you need: the server signs each call with its own connection's keys.")
        {
            Command = command.Name,
        };
    }

    /// <summary>Finds the command that is likely meant by a name that there isn't: <c>list_vms</c>, <c>deployVM</c>.</summary>
    /// <param name="name">The name. Its words are searched for, which also finds what is merely misspelt.</param>
    /// <returns>The likeliest where it may be called here, or null; another one would lead astray.</returns>
    public CommandSpec? Likely(string name) => parts.Search.Find(name).Take(1)
        .Select(match => parts.Catalog.FindCommand(match.Command)!)
        .FirstOrDefault(command => IsCallable(command) && parts.Limit.Allows(command) && parts.Role.MayCall(command.Name));

    /// <summary>Tells whether a command makes sense here: signing in is the connection's own affair.</summary>
    /// <param name="command">The command.</param>
    public static bool IsCallable(CommandSpec command) => !command.IsAuthenticator;

    /// <summary>Runs a read.</summary>
    /// <param name="read">The read.</param>
    /// <param name="cursor">Where to go on in a list, or null.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<ToolAnswer> ReadAsync(ReadRequest read, string? cursor, IToolCaller caller, CancellationToken cancellationToken)
    {
        var list = read with { Skip = ListCursor.Read(cursor, read) };
        var plan = ReadPlan.Of(read, parts.Catalog);
        var answer = new ReadAnswer(parts.Catalog, parts.Vocabulary, parts.Profile);
        var rows = read.Command.IsList ? answer.Rows(list, RowBudget.Tokens) : null;
        var (sieve, outcome) = await ReadRowsAsync(list, plan, rows, caller, cancellationToken);
        return answer.Write(list, plan, sieve, outcome);
    }

    /// <summary>Reads rows without writing an answer.</summary>
    /// <param name="read">The read.</param>
    /// <param name="rows">Writes the rows; null to keep them.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<(RowSieve Sieve, OperationOutcome Outcome)> ReadRowsAsync(
        ReadRequest read, ListRows? rows, IToolCaller caller, CancellationToken cancellationToken) =>
        ReadRowsAsync(read, ReadPlan.Of(read, parts.Catalog), rows, caller, cancellationToken);

    private async Task<(RowSieve Sieve, OperationOutcome Outcome)> ReadRowsAsync(
        ReadRequest read, ReadPlan plan, ListRows? rows, IToolCaller caller, CancellationToken cancellationToken)
    {
        var sieve = plan.LooksAtAll ? new RowSieve(plan, read.Skip, read.Limit, rows) : new RowSieve(plan, 0, long.MaxValue, rows);
        var range = plan.LooksAtAll ? new RowRange(0, ReadPlan.MostLookedAt) : new RowRange(read.Skip, read.Limit) { Likely = rows?.Likely };
        var host = new CallHost(parts.Gate, caller, new ConfirmationOffer(read.Command.Name, null, null), sieve);
        var request = Request(read.Command, read.Arguments, caller) with { Rows = range };
        return (sieve, await parts.Engine.RunAsync(request, host, cancellationToken));
    }

    /// <summary>Runs a change. One that is still going on after a while is answered with its job, and followed on for the audit trail.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments as they were given.</param>
    /// <param name="offer">What the call brought along to confirm itself.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="cancellationToken">Stops the call; a job already started goes on.</param>
    public async Task<ToolAnswer> ChangeAsync(
        CommandSpec command,
        IReadOnlyDictionary<string, object?> arguments,
        ConfirmationOffer offer,
        IToolCaller caller,
        CancellationToken cancellationToken)
    {
        var host = new CallHost(parts.Gate, caller, offer);
        var answer = new ChangeAnswer(parts.Catalog, command, arguments, host);
        // Its own token: the end of this call must not end the following of a job that outlives it.
        var going = new CancellationTokenSource();
        using var stop = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), going);
        var run = parts.Engine.RunAsync(Request(command, arguments, caller), host, going.Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(run, FollowedLongEnoughAsync(host, caller, patience.Token));
        host.Close();
        await patience.CancelAsync();
        if (host.Job.IsCompletedSuccessfully)
        {
            await NoteAsync(await host.Job, command, host);
        }

        if (!run.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            parts.Followed.Keep(run, going);
            return Running(await host.Job, command, answer, caller);
        }

        var outcome = await run;
        return outcome.Status == OperationStatus.Deferred
            ? answer.NotConfirmed(offer, parts.Gate.TokenLifetime) with { Question = host.Decision?.Question }
            : answer.Ended(outcome);
    }

    // The change is under way: a store that fails now costs no more than how a later answer about the job is read.
    private async Task NoteAsync(string job, CommandSpec command, CallHost host)
    {
        try
        {
            await parts.Jobs.AddAsync(job, command.Name, CancellationToken.None);
        }
        catch (CloudException error)
        {
            host.Warn($"Job {job} could not be noted: {error.Message}");
        }
    }

    private ToolAnswer Running(string job, CommandSpec command, ChangeAnswer answer, IToolCaller caller)
    {
        var running = answer.Running(job);
        if (!caller.TakesTasks)
        {
            return running;
        }

        var task = parts.Tasks.Begin(job, command.Name, caller.Name);
        var message = $"{command.Name} goes on as job {job}. In PowerShell: {answer.Line}";
        return running with { Task = new TaskState(parts.Tasks.NameOf(task), task, task.Created) { Message = message } };
    }

    private async Task FollowedLongEnoughAsync(CallHost host, IToolCaller caller, CancellationToken cancellationToken)
    {
        // Only following the job is bounded, not what comes before it.
        await host.Job.WaitAsync(cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, parts.Followed.Leaving);
        await Task.Delay(caller.TakesTasks ? TimeSpan.Zero : parts.LongestFollow, parts.Time, either.Token);
    }

    private OperationRequest Request(CommandSpec command, IReadOnlyDictionary<string, object?> arguments, IToolCaller caller) =>
        new(command.Name, arguments) { Caller = caller.Name, Profile = parts.Profile, ReadsTarget = parts.Gate.Shows(command, caller) };

    private CloudException Unknown(string name)
    {
        var isCmdlet = name.Contains('-', StringComparison.Ordinal);
        var names = isCmdlet ? parts.Catalog.Commands.Select(c => c.Cmdlet).OfType<string>() : parts.Catalog.CommandNames;
        var likely = Likely(name) is { } command ? isCmdlet ? command.Cmdlet ?? command.Name : command.Name : null;
        var near = new[] { Spelling.Closest(name, names), likely }.OfType<string>().Distinct().ToList();
        return new CloudException(
            ErrorCause.UnknownCommand,
            $"There is no command '{CleanText.Line(name, LongestName)}'.",
            near.Count == 0 ? "Search the commands by what you want to do." : $"Did you mean {string.Join(" or ", near)}?");
    }

    private CommandSpec? Alias(string name) =>
        parts.Manifest.FindAlias(name)?.Tool is { } tool ? CommandNames.Find(parts.Catalog, tool) : null;
}
