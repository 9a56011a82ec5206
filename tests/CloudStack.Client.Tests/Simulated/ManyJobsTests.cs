using Cloud.Core.Jobs;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>However many jobs are followed, the server is asked at a bounded pace.</summary>
[Trait("Protocol", "8")]
public sealed class ManyJobsTests
{
    [Fact]
    public async Task Turns_come_at_even_intervals()
    {
        var time = new FakeTime();
        var pace = new PollPace(50, time);
        var begun = time.GetUtcNow();

        for (var i = 0; i < 101; i++)
        {
            await pace.WaitAsync(CancellationToken.None);
        }

        Assert.InRange(time.GetUtcNow() - begun, TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(2.1));
    }
}
