using System.Buffers;
using Cloud.Core.Objects;

namespace CloudStack.Mcp.Server.Results;

/// <summary>
/// Writes the rows of a list as they come, until a budget is used up. It keeps no more objects than it takes to choose the
/// columns, so that a long list costs what is shown of it.
/// </summary>
/// <param name="writer">Writes the fields.</param>
/// <param name="columns">The fields to write.</param>
/// <param name="budget">How much there may be.</param>
internal sealed class ListRows(ObjectWriter writer, ListColumns columns, RowBudget budget)
{
    private readonly List<CloudObject> _waiting = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private bool _isBegun;
    private IReadOnlyList<string>? _fields;
    private int _left = budget.Most;
    private int _length;

    /// <summary>About how many rows fit, rather too many than too few: a page that is too short costs another.</summary>
    public long Likely => Math.Max(1, budget.Most / (budget.Field * columns.LikelyCount));

    /// <summary>How many rows were handed in.</summary>
    public long Given { get; private set; }

    /// <summary>How many were written.</summary>
    public int Count { get; private set; }

    /// <summary>True while rows wait for the columns to be chosen.</summary>
    public bool Waits => _waiting.Count > 0;

    /// <summary>True where a row didn't fit, and with it all after it were left out.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The written rows with commas between them.</summary>
    public ReadOnlySpan<byte> Json => _buffer.WrittenSpan[.._length];

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    public void Take(CloudObject row)
    {
        Given++;
        if (_isBegun)
        {
            Write(row);
            return;
        }

        _waiting.Add(row);
        if (_waiting.Count == columns.RowsToChooseBy)
        {
            Begin();
        }
    }

    /// <summary>Writes what still waits, as no more rows come.</summary>
    public void End()
    {
        if (!_isBegun)
        {
            Begin();
        }
    }

    private void Begin()
    {
        _isBegun = true;
        _fields = columns.Choose(_waiting);
        foreach (var row in _waiting)
        {
            Write(row);
        }

        _waiting.Clear();
    }

    private void Write(CloudObject row)
    {
        if (IsCut)
        {
            return;
        }

        if (Count > 0)
        {
            _buffer.Write(","u8);
        }

        var begin = _buffer.WrittenCount;
        AnswerBuffer.Append(_buffer, w => writer.Write(w, row.GetJson(), columns.Type, _fields));
        var cost = budget.Cost(_buffer.WrittenSpan[begin..]);
        if (cost > _left)
        {
            if (Count > 0)
            {
                IsCut = true;
                return;
            }

            WriteShortened(row);
        }

        _left -= cost;
        _length = _buffer.WrittenCount;
        Count++;
    }

    // A single row over the whole budget: as many of its fields as fit.
    private void WriteShortened(CloudObject row)
    {
        _buffer.ResetWrittenCount();
        AnswerBuffer.Append(_buffer, w =>
        {
            w.WriteStartObject();
            SingleResult.WriteMembers(w, writer, row.GetJson(), columns.Type, _fields, budget.Most);
            w.WriteEndObject();
        });
    }
}
