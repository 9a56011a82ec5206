using System.Collections.Concurrent;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Completion;

/// <summary>What a cloud's lists hold, for completion, from the connection's cache; a cloud that gives nothing is left alone for a short while.</summary>
/// <param name="provider">The cloud.</param>
/// <param name="time">The clock.</param>
internal sealed class KnownNames(ICloudProvider provider, TimeProvider time)
{
    private const long MostRows = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (long Begun, Task<KnownRows> Read)> _reads = new(StringComparer.Ordinal);

    /// <summary>Gives a class's objects, those of the caller's own account and those that run first; none where the cloud doesn't answer at once. The answer then serves the next question.</summary>
    /// <param name="resultClass">The class.</param>
    public KnownRows Find(string resultClass) =>
        provider.Catalog.FindResult(resultClass)?.Finder is { } finder && provider.Catalog.FindCommand(finder.Command) is { IsList: true } list
            ? Find(list, finder.Arguments, finder.NameField)
            : KnownRows.None;

    /// <summary>Gives what a list holds; nothing where it needs arguments.</summary>
    /// <param name="list">The list.</param>
    public KnownRows Find(CommandSpec list) => list.Parameters.Any(parameter => parameter.Required)
        ? Find(list.Result)
        : Find(list, new Dictionary<string, string>(), provider.Catalog.FindResult(list.Result)?.Finder?.NameField ?? "name");

    private KnownRows Find(CommandSpec list, IReadOnlyDictionary<string, string> arguments, string nameField)
    {
        var now = time.GetTimestamp();
        if (!_reads.TryGetValue(list.Name, out var entry)
            || (entry.Read.IsCompleted && (entry.Read.Result != KnownRows.None || time.GetElapsedTime(entry.Begun, now) > Rest)))
        {
            entry = (now, Task.Run(() => ReadAsync(list, arguments, nameField)));
            _reads[list.Name] = entry;
        }

        return entry.Read.Wait(LongestWait) ? entry.Read.Result : KnownRows.None;
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
}
