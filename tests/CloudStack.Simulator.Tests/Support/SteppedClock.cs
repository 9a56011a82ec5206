namespace CloudStack.Simulator.Tests.Support;

/// <summary>A clock that stands still until it's stepped.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private DateTimeOffset _now = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Step(TimeSpan time) => _now += time;
}
