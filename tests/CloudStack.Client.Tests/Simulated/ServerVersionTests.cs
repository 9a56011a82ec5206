using CloudStack.Client.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>Protocol note, section 9: the server's version, whatever text it is.</summary>
[Trait("Protocol", "9")]
public sealed class ServerVersionTests
{
    [Theory]
    [InlineData("4.22.0.0")]
    [InlineData("4.22.0.0-SNAPSHOT")]
    [InlineData("4.19.1.1 (vendor build 7)")]
    [InlineData("unknown")]
    public async Task Every_caller_is_told_it_as_the_server_says_it(string version)
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { ServerVersion = version });
        using var provider = SimulatedSample.Provider(cloud, SimulatedSample.Connection(cloud, cloud.Credentials.User));

        var reply = await provider.SendAsync(Sample.Command("listCapabilities"), CancellationToken.None);

        Assert.Equal(version, Assert.Single(reply.Objects).GetText("cloudstackversion"));
    }
}
