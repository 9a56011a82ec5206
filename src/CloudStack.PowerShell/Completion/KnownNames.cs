using System.Collections.Concurrent;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Completion;

/// <summary>The names of a cloud's objects for completion, from the connection's cache; a cloud that gives none is left alone for a short while.</summary>
/// <param name="provider">The cloud.</param>
/// <param name="time">The clock.</param>
internal sealed class KnownNames(ICloudProvider provider, TimeProvider time)
{
    private const long MostNames = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (long Begun, Task<IReadOnlyList<KnownName>> Read)> _reads = new(StringComparer.Ordinal);

    /// <summary>Gives the names of a class's objects; none where the cloud doesn't answer at once. The answer then serves the next question.</summary>
    /// <param name="resultClass">The class.</param>
    public IReadOnlyList<KnownName> Find(string resultClass)
    {
        var now = time.GetTimestamp();
        if (!_reads.TryGetValue(resultClass, out var entry)
            || (entry.Read.IsCompleted && (entry.Read.Result.Count > 0 || time.GetElapsedTime(entry.Begun, now) > Rest)))
        {
            entry = (now, Task.Run(() => ReadAsync(resultClass)));
            _reads[resultClass] = entry;
        }

        return entry.Read.Wait(LongestWait) ? entry.Read.Result : [];
    }

    private async Task<IReadOnlyList<KnownName>> ReadAsync(string resultClass)
    {
        if (provider.Catalog.FindResult(resultClass)?.Finder is not { } finder
            || provider.Catalog.FindCommand(finder.Command) is not { IsList: true } list)
        {
            return [];
        }

        try
        {
            using var limit = new CancellationTokenSource(LongestRead, time);
            return await ReadAsync(list, finder, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is CloudException or OperationCanceledException or ObjectDisposedException)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<KnownName>> ReadAsync(CommandSpec list, FinderSpec finder, CancellationToken cancellationToken)
    {
        var arguments = finder.Arguments.ToDictionary(pair => pair.Key, pair => (object)pair.Value);
        if (list.FindParameter("listall") is not null)
        {
            arguments["listall"] = true;
        }

        var names = new List<KnownName>();
        var command = new BoundCommand(list, arguments) { MayUseCache = true };
        if (!list.IsPaged)
        {
            Add(names, (await provider.SendAsync(command, cancellationToken).ConfigureAwait(false)).Objects, finder.NameField);
            return names;
        }

        await foreach (var page in provider.PageAsync(command, new RowRange(0, MostNames), cancellationToken).ConfigureAwait(false))
        {
            Add(names, page.Objects, finder.NameField);
        }

        return names;
    }

    private static void Add(List<KnownName> names, IEnumerable<Cloud.Core.Objects.CloudObject> rows, string nameField) => names.AddRange(rows
        .Where(row => row.GetText(nameField) is { Length: > 0 })
        .Select(row => new KnownName(
            row.GetText(nameField)!,
            string.Join(", ", new[] { row.GetText("state"), row.GetText("zonename"), row.GetText("account") }.OfType<string>()))));
}

/// <summary>A name that can be typed.</summary>
/// <param name="Text">The name.</param>
/// <param name="Context">What tells its object from others; may be empty.</param>
internal sealed record KnownName(string Text, string Context);
