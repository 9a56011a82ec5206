namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>The numbers that a setting may have, both ends included.</summary>
internal sealed record SettingRange(double Least, double Most)
{
    /// <summary>Where a setting keeps it.</summary>
    public const string Attribute = "range";

    public static SettingRange Positive { get; } = From(1);

    public static SettingRange Share { get; } = new(0, 1);

    public static SettingRange From(double least) => new(least, double.PositiveInfinity);

    public bool Contains(double number) => number >= Least && number <= Most;

    public override string ToString() => FormattableString.Invariant(
        double.IsPositiveInfinity(Most) ? (FormattableString)$"{Least} or more" : $"{Least} to {Most}");
}
