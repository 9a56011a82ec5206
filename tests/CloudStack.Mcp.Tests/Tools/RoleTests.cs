using Cloud.Core.Jobs;
using CloudStack.Client;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Tools;

/// <summary>What the connected role may not call isn't shown, by the server's own word.</summary>
public sealed class RoleTests
{
    private static readonly ServerSettings AllTools = new() { Toolsets = ["all"] };

    [Fact]
    public async Task A_user_is_shown_no_tool_of_an_administrator()
    {
        await using var server = new TestServer(AllTools, open: AsUser);
        var client = await server.ConnectAsync();

        var tools = (await client.Mcp.ListToolsAsync()).Select(t => t.Name).ToList();
        var found = await client.CallAsync("cloud_search", """{"query":"zones","limit":50}""");
        var described = await client.CallAsync("cloud_describe", """{"command":"createZone"}""");

        Assert.Contains("deploy_virtual_machine", tools);
        Assert.DoesNotContain("create_zone", tools);
        Assert.DoesNotContain("\"createZone\"", found.Text, StringComparison.Ordinal);
        Assert.Contains("\"listZones\"", found.Text, StringComparison.Ordinal);
        Assert.Equal("False", described["permitted"]);
    }

    [Fact]
    public async Task The_server_is_asked_once_for_many_lists_and_searches()
    {
        await using var server = new TestServer(AllTools, open: AsUser);
        var client = await server.ConnectAsync();

        await client.Mcp.ListToolsAsync();
        await client.CallAsync("cloud_search", """{"query":"zone"}""");
        await client.Mcp.ListToolsAsync();

        Assert.Single(server.Commands, "listApis");
    }

    [Fact]
    public async Task After_an_hour_it_is_asked_again()
    {
        var time = new ShiftedTime();
        await using var server = new TestServer(AllTools with { Time = time }, open: AsUser);
        var client = await server.ConnectAsync();
        await client.Mcp.ListToolsAsync();
        time.Advance(TimeSpan.FromMinutes(61));

        await client.Mcp.ListToolsAsync();

        await Eventually.IsTrueAsync(() => server.Commands.Count(c => c == "listApis") == 2);
    }

    [Fact]
    public async Task Where_the_server_cannot_say_nothing_is_hidden_and_the_log_says_so()
    {
        using var log = new LogRecorder();
        await using var server = new TestServer(AllTools with { Logger = log }, open: AsUser);
        server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.Refuse) { Command = "listApis", Status = 530, Times = 100 });
        var client = await server.ConnectAsync();

        var tools = await client.Mcp.ListToolsAsync();

        Assert.Contains(tools, t => t.Name == "create_zone");
        Assert.Contains(log.Lines, line => line.Contains("no command is hidden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Five_tools_are_listed_without_asking_the_server_anything()
    {
        await using var server = new TestServer(open: AsUser);

        await (await server.ConnectAsync()).Mcp.ListToolsAsync();

        Assert.Empty(server.Cloud.Requests);
    }

    private static CloudSession AsUser(SimulatedCloud cloud)
    {
        var user = cloud.Credentials.User;
        var connection = new CloudStackConnection("http://simulator.invalid/client/api", new ApiKeyCredentials(user.ApiKey, user.SecretKey))
        {
            RetryDelay = TimeSpan.FromMilliseconds(1),
        };
        var provider = CloudStackProvider.Create(connection, cloud.CreateHandler());
        return new CloudSession("test", provider, FollowPolicy.Eager, provider);
    }
}
