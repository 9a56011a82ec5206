using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;
using CloudStack.Mcp.Server.Results.Filters;

namespace CloudStack.Mcp.Server.Results.Groups;

/// <summary>Counts one measure up. Sums are decimal, so that the order of the rows makes no difference.</summary>
/// <param name="measure">The measure.</param>
internal sealed class Tally(Measure measure)
{
    private readonly bool _isNumeric = measure.Field?.Type is not (FieldType.Date or FieldType.Boolean);
    private long _count;
    private decimal _sum;
    private decimal? _extreme;
    private string? _extremeText;

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    public void Add(CloudObject row)
    {
        if (measure.Field is null)
        {
            _count++;
            return;
        }

        foreach (var value in measure.Field.ValuesOf(row))
        {
            if (_isNumeric && FilterValue.NumberOf(value) is { } number)
            {
                _count++;
                Add(number);
            }
            else if (measure.Kind is MeasureKind.Min or MeasureKind.Max)
            {
                Add(FilterValue.TextOf(value));
            }
        }
    }

    /// <summary>Writes the figure; null where no row had a value.</summary>
    /// <param name="w">The writer, inside an object.</param>
    public void Write(Utf8JsonWriter w)
    {
        w.WritePropertyName(measure.Name);
        switch (measure.Kind)
        {
            case MeasureKind.Count:
                w.WriteNumberValue(_count);
                break;
            case MeasureKind.Sum:
                w.WriteNumberValue(_sum);
                break;
            case MeasureKind.Avg when _count > 0:
                w.WriteNumberValue(Math.Round(_sum / _count, 3));
                break;
            case MeasureKind.Min or MeasureKind.Max when _extreme is { } extreme:
                w.WriteNumberValue(extreme);
                break;
            case MeasureKind.Min or MeasureKind.Max when _extremeText is { } text:
                w.WriteStringValue(CleanText.Line(text, GroupTable.LongestKey));
                break;
            default:
                w.WriteNullValue();
                break;
        }
    }

    private void Add(decimal number)
    {
        try
        {
            _sum += number;
        }
        catch (OverflowException)
        {
            // No cloud has that much of anything: a broken server must not end the call.
            _sum = decimal.MaxValue;
        }

        if (_extreme is not { } extreme || (measure.Kind == MeasureKind.Min ? number < extreme : number > extreme))
        {
            _extreme = number;
        }
    }

    // Dates in the one form that the server writes are in order as they are; other texts by the alphabet.
    private void Add(string text)
    {
        if (_extremeText is null || (measure.Kind == MeasureKind.Min) == (Compare(text, _extremeText) < 0))
        {
            _extremeText = text;
        }
    }

    private static int Compare(string a, string b) => WireDate.TryParse(a, out var first) && WireDate.TryParse(b, out var second)
        ? first.CompareTo(second)
        : string.Compare(a, b, StringComparison.OrdinalIgnoreCase);
}
