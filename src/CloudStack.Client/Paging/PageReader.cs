using System.Globalization;
using System.Runtime.CompilerServices;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Client.Answers;

namespace CloudStack.Client.Paging;

/// <summary>One page as it was received.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="Count">The server's count, or null.</param>
/// <param name="Body">The received bytes.</param>
/// <param name="Lent">The answer whose memory is to be given back, or null.</param>
internal sealed record ReceivedPage(IReadOnlyList<CloudObject> Rows, long? Count, ReadOnlyMemory<byte> Body, Answer? Lent = null);

/// <summary>
/// Reads a paged list to its end without losing or doubling a row (protocol note, section 6.3). While a page is looked at,
/// the next one is on its way, and one more where the server's count says that there is one; but nothing is read ahead of a
/// first page that will probably do.
/// </summary>
/// <remarks>
/// The server pages by position, so rows slide to an earlier page when others before them are deleted. Each page therefore
/// begins with a row of the one before: as long as its first row is known, nothing lies between the two. Where it isn't
/// known, rows may have slid by, and reading goes back to where the list is known.
/// </remarks>
/// <param name="read">Sends one list command.</param>
/// <param name="pageSize">The page size to begin with.</param>
internal sealed class PageReader(Func<BoundCommand, CancellationToken, Task<ReceivedPage>> read, int pageSize)
{
    private const string CapText = "Page size can't exceed max allowed page size value:";

    // A list that changes this often while it's read would never come to an end.
    private const int MostStepsBack = 20;

    // Rows of former pages; within a page the server doesn't repeat itself.
    private readonly HashSet<RowKey> _seen = [];

    /// <summary>Reads the wanted rows.</summary>
    /// <exception cref="CloudException">A page failed, or the list changes too fast to be read whole.</exception>
    public async IAsyncEnumerable<ResultPage> ReadAsync(
        BoundCommand command, RowRange rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (rows.First <= 0)
        {
            yield break;
        }

        using var memory = new PageMemory();
        using var ahead = new PageAhead((at, token) => ReadPageAsync(command, at, token), cancellationToken);
        var left = rows.First ?? long.MaxValue;
        var first = PageWindow.For(rows, pageSize);
        var window = first;
        var withPlace = RowKey.NeedsPlace(command.Spec.Result);
        long? total = null;
        var emitted = false;
        var stepsBack = 0;
        (ReceivedPage Page, PageWindow Window)? last = null;
        while (left > 0)
        {
            var (page, size) = await ahead.TakeAsync(window).ConfigureAwait(false);
            if (size != window.Size)
            {
                window = window.Overlaps ? PageWindow.FromKnown(window.Start, size) : first = PageWindow.At(window.Start + window.Drop, size);
                continue;
            }

            if (last is { } before && before.Window.Start < window.Start && page.Body.Span.SequenceEqual(before.Page.Body.Span))
            {
                // The command ignores paging and gives everything each time.
                break;
            }

            if (window.Overlaps && !(page.Rows is [var head, ..] && RowKey.Of(head, withPlace) is { } known && _seen.Contains(known)))
            {
                window = ++stepsBack <= MostStepsBack ? StepBack(window, first) : throw Unsteady(command);
                continue;
            }

            // More rows than asked for: the command knows no pages and has given all, from the first row on.
            var drop = page.Rows.Count > window.Size ? rows.Skip : window.Drop;
            var fresh = Take(page.Rows, drop, left, withPlace, out var isKeyed);
            // What has no identifier can't be recognised.
            window = window with { IsPlain = window.IsPlain || !isKeyed };
            left -= fresh.Count;
            var isLast = left == 0 || IsLast(page, window);
            total ??= rows.Likely is null || IsTotal(page, window, isLast) ? page.Count : null;
            if (!isLast && (rows.Likely is null || last is not null))
            {
                ahead.Start(window.Next, CountIsOfAll(page) ? Math.Min(page.Count!.Value, Math.Min(left, int.MaxValue) + window.End) : 0);
            }

            if (fresh.Count > 0)
            {
                emitted = true;
                yield return new ResultPage(fresh, total) { Released = memory.Lend(page.Lent) };
            }

            if (isLast)
            {
                break;
            }

            last = (page, window);
            window = window.Next;
        }

        if (!emitted)
        {
            yield return new ResultPage([], total ?? 0);
        }
    }

    private async Task<(ReceivedPage Page, int Size)> ReadPageAsync(BoundCommand command, PageWindow window, CancellationToken cancellationToken)
    {
        try
        {
            return (await read(WithPage(command, window), cancellationToken).ConfigureAwait(false), window.Size);
        }
        catch (CloudException e) when (ReadCap(e) is { } cap && cap < window.Size)
        {
            return (new ReceivedPage([], null, default), cap);
        }
    }

    private static BoundCommand WithPage(BoundCommand command, PageWindow window) => command with
    {
        Arguments = new Dictionary<string, object>(command.Arguments, StringComparer.OrdinalIgnoreCase)
        {
            ["page"] = window.Number,
            ["pagesize"] = (long)window.Size,
        },
    };

    private static int? ReadCap(CloudException e)
    {
        var at = e.ErrorCode == 431 ? e.ServerText?.IndexOf(CapText, StringComparison.OrdinalIgnoreCase) ?? -1 : -1;
        return at >= 0 && int.TryParse(e.ServerText.AsSpan(at + CapText.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var cap) && cap > 0
            ? cap
            : null;
    }

    private static PageWindow StepBack(PageWindow window, PageWindow first) => window.Start - window.Largest <= first.Start
        ? first
        : PageWindow.FromKnown(window.Start - window.Largest, window.Largest);

    private static CloudException Unsteady(BoundCommand command) => new(
        ErrorCause.Conflict,
        $"The list of {command.Spec.Name} changes faster than it can be read, so rows may be missing from it.",
        "Narrow the list, for example by zone, account or project, or try again when less is going on.")
    {
        Command = command.Spec.Name,
    };

    private List<CloudObject> Take(IReadOnlyList<CloudObject> rows, long drop, long left, bool withPlace, out bool isKeyed)
    {
        var fresh = new List<CloudObject>(rows.Count);
        var keys = new List<RowKey>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var key = RowKey.Of(rows[i], withPlace);
            if (key is { } known)
            {
                keys.Add(known);
            }

            if (i >= drop && fresh.Count < left && !(key is { } id && _seen.Contains(id)))
            {
                fresh.Add(rows[i]);
            }
        }

        isKeyed = keys.Count == rows.Count;
        _seen.UnionWith(keys);
        return fresh;
    }

    private static bool IsLast(ReceivedPage page, PageWindow window) =>
        page.Rows.Count != window.Size || (CountIsOfAll(page) && window.End >= page.Count);

    // Whoever stops after the first page learns nothing more, and must not take that page's own count for the list's.
    private static bool IsTotal(ReceivedPage page, PageWindow window, bool isLast) =>
        CountIsOfAll(page) || page.Rows.Count > window.Size || (isLast && page.Count >= window.Start + page.Rows.Count);

    // Some commands count only the page at hand, so a count is believed only where it reaches beyond one page.
    private static bool CountIsOfAll(ReceivedPage page) => page.Count > page.Rows.Count;
}
