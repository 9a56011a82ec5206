using Cloud.Core.Objects;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Takes rows as they stream by, and keeps those that an answer shows or counts.</summary>
/// <param name="plan">What is done with them.</param>
/// <param name="skip">How many fitting rows come before the answer's.</param>
/// <param name="most">How many the answer may have.</param>
/// <param name="list">Writes those that the answer shows; null to keep them.</param>
internal sealed class RowSieve(ReadPlan plan, long skip, long most, ListRows? list = null)
{
    private readonly List<CloudObject> _rows = [];

    /// <summary>The rows that are kept for the answer.</summary>
    public IReadOnlyList<CloudObject> Rows => _rows;

    /// <summary>The rows that were written for the answer, or null where they are kept.</summary>
    public ListRows? List => list;

    /// <summary>False where no further row would change the answer.</summary>
    public bool TakesMore => plan.LooksAtAll || list is not { IsCut: true };

    /// <summary>True where rows are kept, or would be, beyond their being taken.</summary>
    public bool KeepsObjects => plan.Groups is null && list is not { Waits: false };

    /// <summary>How many rows were looked at.</summary>
    public long LookedAt { get; private set; }

    /// <summary>How many of them fitted.</summary>
    public long Fitting { get; private set; }

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    public void Take(CloudObject row)
    {
        LookedAt++;
        if (plan.Filter?.Matches(row) == false)
        {
            return;
        }

        Fitting++;
        if (plan.Groups is { } groups)
        {
            groups.Add(row);
        }
        else if (Fitting > skip && Fitting - skip <= most)
        {
            (list is null ? (Action<CloudObject>)_rows.Add : list.Take)(row);
        }
    }
}
