using System.Globalization;
using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Faults;
using CloudStack.Client.Tests.Simulated;

namespace CloudStack.Client.Tests.Session;

/// <summary>Protocol note, sections 2 and 3: above the client nobody can tell a key from a session.</summary>
public sealed class SameByKeyAndSessionTests
{
    private static readonly (string Command, Dictionary<string, object?> Arguments)[] Scenario =
    [
        ("listZones", []),
        ("createAccount", new() { ["account"] = "new-team", ["accounttype"] = 0L, ["username"] = "nia", ["password"] = "Pa$$ w+rd/=&é", ["email"] = "n@example.com", ["firstname"] = "N", ["lastname"] = "I" }),
        ("deployVirtualMachine", new() { ["name"] = "same-01", ["zoneid"] = "fra1", ["serviceofferingid"] = "Small", ["templateid"] = "Debian 12" }),
        ("updateVirtualMachine", new() { ["id"] = "same-01", ["displayname"] = "naïve & ~*+" }),
        ("createTags", new() { ["resourceids"] = "same-01", ["resourcetype"] = "UserVm", ["tags"] = new Dictionary<string, string> { ["k=v"] = "a&b" } }),
        ("stopVirtualMachine", new() { ["id"] = "same-01" }),
        ("stopVirtualMachine", new() { ["id"] = "no-such-machine" }),
        ("destroyVirtualMachine", new() { ["id"] = "same-01", ["expunge"] = true }),
        ("listVirtualMachines", new() { ["listall"] = true }),
        ("deleteZone", new() { ["id"] = "fra1" }),
    ];

    [Fact]
    public async Task The_same_scenario_gives_the_same_results_and_errors()
    {
        var byKey = await RunAsync(cloud => SimulatedSample.Connection(cloud.Cloud));
        var bySession = await RunAsync(cloud => cloud.Connection(cloud.Cloud.Credentials.RootAdmin));
        var bySecondFactor = await RunAsync(cloud => cloud.Connection(cloud.Vera));

        Assert.Equal(Scenario.Length, byKey.Count);
        Assert.Contains(byKey, line => line.Contains("no-such-machine", StringComparison.Ordinal));
        Assert.Equal(byKey, bySession);
        Assert.Equal(byKey, bySecondFactor);
    }

    [Fact]
    public async Task So_does_it_where_the_session_ends_before_each_step() => Assert.Equal(
        await RunAsync(cloud => SimulatedSample.Connection(cloud.Cloud)),
        await RunAsync(cloud => cloud.Connection(cloud.Vera), cloud => cloud.Cloud.EndSessions()));

    private static async Task<List<string>> RunAsync(Func<SessionCloud, CloudStackConnection> connect, Action<SessionCloud>? beforeEach = null)
    {
        using var cloud = new SessionCloud();
        using var provider = cloud.Open(connect(cloud));
        var seen = new List<string>();
        foreach (var (command, arguments) in Scenario)
        {
            beforeEach?.Invoke(cloud);
            var host = new WatchingHost();
            var runner = new OperationRunner(host, FollowPolicy.Eager, TimeProvider.System);
            try
            {
                var outcome = await runner.RunAsync(new OperationRequest(command, arguments), provider, host, CancellationToken.None);
                var rows = host.Emitted.Select(row => row.GetText("name") ?? row.GetText("id")).Order(StringComparer.Ordinal);
                seen.Add(string.Create(CultureInfo.InvariantCulture, $"{command}: {outcome.Status} {outcome.Emitted} {outcome.Text} {string.Join(',', rows)}"));
            }
            catch (CloudException error)
            {
                seen.Add(string.Create(CultureInfo.InvariantCulture, $"{command}: {error.Cause} {error.ErrorCode} {error.Message} {error.NextStep}"));
            }
        }

        return seen;
    }
}
