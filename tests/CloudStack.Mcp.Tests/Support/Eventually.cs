namespace CloudStack.Mcp.Tests.Support;

/// <summary>Waits for what happens beside the test, and fails where it doesn't.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task IsTrueAsync(Func<bool> happened)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "It didn't happen in time.");
            await Task.Delay(5);
        }
    }
}
