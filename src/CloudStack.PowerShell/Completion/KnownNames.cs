using System.Collections.Concurrent;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Completion;

/// <summary>
/// What a cloud's lists hold, for completion, from the connection's cache; a cloud that gives nothing is left alone for a short while.
/// </summary>
/// <param name="provider">The cloud.</param>
/// <param name="time">The clock.</param>
internal sealed class KnownNames(ICloudProvider provider, TimeProvider time)
{
    private const long MostRows = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, string> NoArguments = [];

    private readonly ConcurrentDictionary<(string List, string NameField), Reading> _reads = new();

    /// <summary>
    /// Gives a class's objects, those of the caller's own account and those that run first; what was known before where the cloud
    /// doesn't answer at once. The answer then serves the next question.
    /// </summary>
    /// <param name="resultClass">The class.</param>
    /// <param name="category">The category of the command that takes them: it knows which of a class's lists is meant, templates or ISOs.</param>
    public IReadOnlyList<KnownName> Find(string resultClass, string category)
    {
        var lists = Lists(resultClass).DistinctBy(list => list.List.Name).ToList();
        var fitting = lists.FindAll(list => list.List.Category == category);
        return [.. Find(fitting.Count > 0 ? fitting : lists).SelectMany(rows => rows.Names)];
    }

    /// <summary>Gives what a list holds; nothing where it needs arguments that aren't known.</summary>
    /// <param name="list">The list.</param>
    public KnownRows Find(CommandSpec list)
    {
        var known = Lists(list.Result).Where(known => known.List == list).Take(1).ToList();
        return list.Parameters.Any(parameter => parameter.Required)
            ? Find(known) is [var rows] ? rows : KnownRows.None
            : Find([(list, NoArguments, known is [var own] ? own.NameField : "name")])[0];
    }

    /// <summary>Gives the jobs that are under way, by their ids.</summary>
    public IReadOnlyList<KnownName> Jobs() => Find([(provider.Catalog.FindCommand("listAsyncJobs")!, NoArguments, "jobid")])[0].Names;

    private IEnumerable<(CommandSpec List, IReadOnlyDictionary<string, string> Arguments, string NameField)> Lists(string resultClass)
    {
        for (var finder = provider.Catalog.FindResult(resultClass)?.Finder; finder is not null; finder = finder.Also)
        {
            if (provider.Catalog.FindCommand(finder.Command) is { IsList: true } list)
            {
                yield return (list, finder.Arguments, finder.NameField);
            }
        }
    }

    private List<KnownRows> Find(List<(CommandSpec List, IReadOnlyDictionary<string, string> Arguments, string NameField)> lists)
    {
        var readings = lists.ConvertAll(list => Begin(list.List, list.Arguments, list.NameField));
        Task.WaitAll([.. readings.Select(reading => reading.Rows)], LongestWait);
        return readings.ConvertAll(reading => reading.Latest);
    }

    private Reading Begin(CommandSpec list, IReadOnlyDictionary<string, string> arguments, string nameField)
    {
        var now = time.GetTimestamp();
        var key = (list.Name, nameField);
        if (!_reads.TryGetValue(key, out var reading)
            || (reading.Rows.IsCompleted && (reading.Rows.Result != KnownRows.None || time.GetElapsedTime(reading.Begun, now) > Rest)))
        {
            reading = new Reading(now, Task.Run(() => ReadAsync(list, arguments, nameField)), reading?.Latest ?? KnownRows.None);
            _reads[key] = reading;
        }

        return reading;
    }

    private async Task<KnownRows> ReadAsync(CommandSpec list, IReadOnlyDictionary<string, string> given, string nameField)
    {
        try
        {
            using var limit = new CancellationTokenSource(LongestRead, time);
            var own = OwnAccountAsync(limit.Token);
            var rows = await RowsAsync(list, given, limit.Token).ConfigureAwait(false);
            return KnownRows.Of(list, rows, nameField, await own.ConfigureAwait(false));
        }
        catch (Exception error) when (error is CloudException or OperationCanceledException or ObjectDisposedException)
        {
            return KnownRows.None;
        }
    }

    private async Task<List<CloudObject>> RowsAsync(
        CommandSpec list, IReadOnlyDictionary<string, string> given, CancellationToken cancellationToken)
    {
        var arguments = given.ToDictionary(pair => pair.Key, pair => (object)pair.Value);
        if (list.FindParameter("listall") is not null)
        {
            arguments["listall"] = true;
        }

        var rows = new List<CloudObject>();
        var command = new BoundCommand(list, arguments) { MayUseCache = true };
        if (!list.IsPaged)
        {
            rows.AddRange((await provider.SendAsync(command, cancellationToken).ConfigureAwait(false)).Objects);
            return rows;
        }

        await foreach (var page in provider.PageAsync(command, new RowRange(0, MostRows), cancellationToken).ConfigureAwait(false))
        {
            rows.AddRange(page.Objects);
        }

        return rows;
    }

    // Without listall the server lists the caller's own account only.
    private async Task<string?> OwnAccountAsync(CancellationToken cancellationToken)
    {
        try
        {
            var users = new BoundCommand(provider.Catalog.FindCommand("listUsers")!, new Dictionary<string, object>()) { MayUseCache = true };
            var reply = await provider.SendAsync(users, cancellationToken).ConfigureAwait(false);
            return reply.Objects.Count > 0 ? reply.Objects[0].GetText("account") : null;
        }
        catch (CloudException)
        {
            return null;
        }
    }

    /// <summary>A list that is being read.</summary>
    /// <param name="Begun">When that began.</param>
    /// <param name="Rows">What it gives; never an exception.</param>
    /// <param name="Before">What the reading before it gave, which is better than nothing while a slow cloud answers.</param>
    private sealed record Reading(long Begun, Task<KnownRows> Rows, KnownRows Before)
    {
        public KnownRows Latest => Rows.IsCompleted && Rows.Result != KnownRows.None ? Rows.Result : Before;
    }
}
