using System.Globalization;

namespace Benchmarks;

/// <summary>Measurements of one thing, in milliseconds unless said otherwise.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public void Add(double value) => _values.Add(value);

    /// <summary>Adds a value unless it belongs to the rounds before measuring.</summary>
    public void AddIf(bool keep, double value)
    {
        if (keep)
        {
            Add(value);
        }
    }

    public double Median => Percentile(50);

    public double Percentile(double percent)
    {
        var sorted = _values.Order().ToArray();
        return sorted[(int)Math.Clamp(Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p50 {Median:0.00}  p99 {Percentile(99):0.00}  min {_values.Min():0.00}  max {_values.Max():0.00}  n {_values.Count}");
}
