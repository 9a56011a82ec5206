using System.Management.Automation;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Pipeline;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet that calls one command of the API. A generated cmdlet adds its parameters and the command's name, nothing else.</summary>
public abstract class CloudStackCommand : CloudCmdlet
{
    // A server counts pages in 32 bits, so that behind these there is nothing it could be asked for.
    private const long MostRows = int.MaxValue;

    private static readonly Dictionary<string, object?> NoArguments = [];

    private IReadOnlyDictionary<string, object?> _arguments = NoArguments;

    /// <summary>The command's name in the API.</summary>
    protected abstract string ApiCommand { get; }

    /// <summary>True where the user said <c>-NoWait</c>.</summary>
    private protected virtual bool IsNoWait => false;

    /// <summary>True where the user said <c>-PassThru</c>.</summary>
    private protected virtual bool IsPassThru => false;

    private protected override object? ErrorTarget =>
        _arguments.TryGetValue("id", out var id) ? id
        : _arguments.Count > 0 ? _arguments.Values.Select(TextOf).FirstOrDefault(text => text is not null)
        : new BoundArguments(Unwrap).Texts(MyInvocation.BoundParameters).FirstOrDefault();

    // Wildcards are what people try first, also where an id or an exact name goes.
    private protected override string? BetterStep(CloudException error) =>
        error.Cause == ErrorCause.NotFound && ErrorTarget is string text && WildcardPattern.ContainsWildcardCharacters(text)
        && Connections[0].Provider.Catalog.FindCommand(ApiCommand) is { IsList: true } list && list.FindParameter("name") is not null
            ? $"Give an id or an exact name, or a pattern to -Name: -Name '{text.Replace("'", "''", StringComparison.Ordinal)}'."
            : null;

    private static string? TextOf(object? value) => value switch
    {
        string text => text,
        object?[] { Length: > 0 } many when many.All(one => one is string) => string.Join(", ", many),
        _ => null,
    };

    /// <inheritdoc/>
    private protected sealed override void Process()
    {
        // What goes wrong before this input's arguments are known isn't about the input before it.
        _arguments = NoArguments;
        RefuseNothing();
        ForEachConnection(Call);
    }

    /// <remarks>A list that was handed nothing would list everything, and the next command would act on all of it.</remarks>
    private void RefuseNothing()
    {
        var nothing = new GivenNothing(Unwrap);
        var bound = MyInvocation.BoundParameters.ToLookup(pair => FromCommandLine.Contains(pair.Key));
        if (MyInvocation.ExpectingInput && !bound[false].Any(pair => nothing.IsSomething(pair.Value)))
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                $"{ApiCommand}: what came from the pipeline is empty.",
                "Leave empty values out of the pipeline; nothing was sent.")
            {
                Command = ApiCommand,
            };
        }

        nothing.Refuse(Connections[0].Provider.Catalog.FindCommand(ApiCommand)!, bound[true]);
    }

    private void Call(CloudConnection connection)
    {
        var spec = connection.Provider.Catalog.FindCommand(ApiCommand)!;
        var bound = new BoundArguments(Unwrap);
        _arguments = bound.Collect(spec, MyInvocation.BoundParameters, FromCommandLine);
        var rows = spec is { IsList: true, IsPaged: true } ? Rows : RowRange.All;
        var pattern = MatchingRows.PatternOf(spec, _arguments, connection.Provider.Catalog);
        var request = new OperationRequest(
            ApiCommand, pattern is null ? _arguments : MatchingRows.Narrow(spec, _arguments, pattern))
        {
            NoWait = IsNoWait,
            KnownNames = bound.KnownNames(MyInvocation.BoundParameters),
            Profile = connection.Name,
            Rows = pattern is null ? rows : RowRange.All,
        };
        if (spec.IsList && spec.IsPaged && PagingParameters.IncludeTotalCount)
        {
            WriteObject(pattern is null ? TotalCount(request, connection) : UnknownTotal);
        }

        if (rows.First == 0 || rows.Skip >= MostRows)
        {
            return;
        }

        var outcome = Run(connection, async (host, token) => pattern is null
            ? await connection.Runner.RunAsync(request, connection.Provider, host, token).ConfigureAwait(false)
            : await MatchingRows.RunAsync(
                pattern, rows, host, (matching, stop) => connection.Runner.RunAsync(request, connection.Provider, matching, stop), token)
                .ConfigureAwait(false));
        if (outcome is not null)
        {
            Finish(connection, outcome);
        }
    }

    // Only the server knows how many rows there are, and it can't count those that fit a pattern.
    private PSObject UnknownTotal => PagingParameters.NewTotalCount(0, 0.0);

    private RowRange Rows => new(
        (long)Math.Min(PagingParameters.Skip, long.MaxValue),
        PagingParameters.First < long.MaxValue ? (long)PagingParameters.First : null);

    /// <remarks>The count comes before the objects, so one row is asked for first.</remarks>
    private PSObject TotalCount(OperationRequest request, CloudConnection connection)
    {
        var oneRow = request with { Rows = new RowRange(0, 1) };
        var outcome = Run(connection, (host, token) =>
            connection.Runner.RunAsync(oneRow, connection.Provider, new WithoutResults(host), token));
        return outcome.TotalCount is { } count
            ? PagingParameters.NewTotalCount((ulong)count, 1.0)
            : UnknownTotal;
    }

    private void Finish(CloudConnection connection, OperationOutcome outcome)
    {
        if (outcome is { Status: OperationStatus.JobStarted, JobId: { } job })
        {
            WriteObject(new StartedJob(job, ApiCommand, outcome.EntityId, connection.Name));
        }
        else if (outcome.Status == OperationStatus.Completed && IsPassThru)
        {
            WriteObject(new CommandResult(ApiCommand, ErrorTarget as string ?? "", true, outcome.Text));
        }
    }
}
