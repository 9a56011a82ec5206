using CloudStack.Mcp.Stores;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Stores;

public sealed class RateCounterTests
{
    private static readonly RateRule Rule = new(60, 3, TimeSpan.FromSeconds(2));

    private readonly ShiftedTime _time = new();

    [Fact]
    public async Task A_burst_goes_at_once_the_next_calls_queue_and_the_rest_are_told_when_to_come_back()
    {
        var rates = new MemoryRateCounter(_time);

        var turns = new List<RateTurn>();
        for (var i = 0; i < 7; i++)
        {
            turns.Add(await rates.TakeAsync("alice", Rule, CancellationToken.None));
        }

        Assert.Equal([true, true, true, true, true, false, false], turns.Select(t => t.IsGiven));
        Assert.Equal([0, 0, 0, 1, 2, 3, 3], turns.Select(t => (int)Math.Round(t.Wait.TotalSeconds)));
    }

    [Fact]
    public async Task Who_comes_back_when_told_is_served_at_once()
    {
        var rates = new MemoryRateCounter(_time);
        RateTurn refused;
        do
        {
            refused = await rates.TakeAsync("alice", Rule, CancellationToken.None);
        }
        while (refused.IsGiven);

        _time.Advance(refused.Wait);
        var turn = await rates.TakeAsync("alice", Rule, CancellationToken.None);

        Assert.True(turn.IsGiven);
        Assert.Equal(0, turn.Wait.TotalSeconds, 0.2);
    }

    [Fact]
    public async Task One_callers_calls_are_not_anothers()
    {
        var rates = new MemoryRateCounter(_time);
        var rule = Rule with { Burst = 1, LongestQueue = TimeSpan.Zero };

        Assert.True((await rates.TakeAsync("alice", rule, CancellationToken.None)).IsGiven);
        Assert.False((await rates.TakeAsync("alice", rule, CancellationToken.None)).IsGiven);
        Assert.True((await rates.TakeAsync("bob", rule, CancellationToken.None)).IsGiven);
    }
}
