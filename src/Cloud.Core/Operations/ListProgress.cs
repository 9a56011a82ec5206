using System.Globalization;
using Cloud.Core.Catalog;

namespace Cloud.Core.Operations;

/// <summary>How far a long list is. A short one is there before anybody could read how far it is.</summary>
internal static class ListProgress
{
    private const long LongList = 2000;

    /// <summary>Reports after a page.</summary>
    /// <param name="host">Who hears it.</param>
    /// <param name="list">The list.</param>
    /// <param name="rows">The rows that are wanted.</param>
    /// <param name="emitted">How many came.</param>
    /// <param name="total">How many the server says there are, or null.</param>
    /// <param name="elapsed">How long it has taken.</param>
    public static void Report(IOperationHost host, CommandSpec list, RowRange rows, long emitted, long? total, TimeSpan elapsed)
    {
        var wanted = Math.Min(Math.Max(0, (total ?? 0) - rows.Skip), rows.First ?? long.MaxValue);
        if (wanted >= LongList)
        {
            host.Report(new OperationProgress(
                list.Name,
                string.Create(CultureInfo.InvariantCulture, $"{emitted} of {wanted}"),
                (int)Math.Min(100, emitted * 100 / wanted),
                null,
                elapsed,
                emitted >= wanted));
        }
    }
}
