namespace CloudStack.Simulator.State;

/// <summary>
/// Leaves out of a state file what came and went: changes that only have to do with objects that are gone for more than a day.
/// Nothing is left out on trust: the shorter history is made again beside, and counts only if it gives the very same cloud.
/// </summary>
internal static class Compaction
{
    /// <summary>Each trial makes the whole history again.</summary>
    private const int MostTrials = 10;

    private static readonly TimeSpan KeptAnyway = TimeSpan.FromDays(1);

    /// <summary>True where a file has grown enough to be worth a look.</summary>
    public static bool IsDue(StateHeader header, int changes, int fewest) => changes >= Math.Max(fewest, 2 * header.Kept);

    /// <summary>Finds a shorter history of the same cloud.</summary>
    /// <param name="changes">The history.</param>
    /// <param name="traces">What each change made.</param>
    /// <param name="exists">Tells whether an object is there still.</param>
    /// <param name="isSame">Makes a history again and tells whether it gives the same cloud.</param>
    public static IReadOnlyList<Change> Of(
        IReadOnlyList<Change> changes, IReadOnlyList<ChangeTrace> traces, Func<string, bool> exists, Func<IReadOnlyList<Change>, bool> isSame)
    {
        var left = new HashSet<int>();
        var trials = 0;
        Narrow(Groups(changes, traces, exists));
        return Without(changes, traces, left);

        // What can't go as a whole may go in part.
        void Narrow(IReadOnlyList<IReadOnlyList<int>> groups)
        {
            if (groups.Count == 0 || ++trials > MostTrials)
            {
                return;
            }

            var more = groups.SelectMany(group => group).ToHashSet();
            if (isSame(Without(changes, traces, [.. left, .. more])))
            {
                left.UnionWith(more);
            }
            else if (groups.Count > 1)
            {
                Narrow([.. groups.Take(groups.Count / 2)]);
                Narrow([.. groups.Skip(groups.Count / 2)]);
            }
        }
    }

    /// <summary>Changes that hang together by objects that are gone, as far as all they made is gone and long ago.</summary>
    private static IReadOnlyList<IReadOnlyList<int>> Groups(
        IReadOnlyList<Change> changes, IReadOnlyList<ChangeTrace> traces, Func<string, bool> exists)
    {
        var gone = traces.SelectMany(trace => trace.Made).Where(id => !exists(id)).ToHashSet(StringComparer.Ordinal);
        var groupOf = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < changes.Count; i++)
        {
            List<int> group = [i];
            foreach (var id in Mentioned(changes[i]).Concat(traces[i].Made).Where(gone.Contains).Distinct(StringComparer.Ordinal).ToList())
            {
                if (groupOf.TryGetValue(id, out var other) && other != group)
                {
                    other.AddRange(group);
                    foreach (var member in groupOf.Where(pair => pair.Value == group).Select(pair => pair.Key).ToList())
                    {
                        groupOf[member] = other;
                    }

                    group = other;
                }

                groupOf[id] = group;
            }
        }

        var latest = changes.Count == 0 ? default : changes[^1].Time - KeptAnyway;
        return [.. groupOf.Values.Distinct().Where(group => group.TrueForAll(i => changes[i].Time < latest && !traces[i].Made.Any(exists)))];
    }

    private static IEnumerable<string> Mentioned(Change change) => change.Parameters.Values.SelectMany(value => value.Split(','));

    private static List<Change> Without(IReadOnlyList<Change> changes, IReadOnlyList<ChangeTrace> traces, HashSet<int> left) =>
    [
        .. Enumerable.Range(0, changes.Count).Where(i => !left.Contains(i))
            // The clock's identifiers go on counting as if nothing were missing.
            .Select(i => left.Contains(i - 1) ? changes[i] with { Order = traces[i].Order } : changes[i]),
    ];
}
