using Cloud.Core.Binding;
using Cloud.Core.Jobs;
using CloudStack.Client;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Tests.Http;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Protocol;

/// <summary>Clients that see direct tools hear when the connected role may call others.</summary>
public sealed class ToolListChangeTests
{
    private const string List = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";
    private const string Changed = "notifications/tools/list_changed";

    private readonly ShiftedTime _time = new();

    [Fact]
    public async Task A_session_hears_that_its_role_may_call_other_commands()
    {
        await using var server = new TestServer(Settings, open: AsUser);
        var client = await server.ConnectAsync(protocol: "2025-11-25");
        Assert.Contains("deploy_virtual_machine", await ToolsAsync(client));
        Assert.True(client.Mcp.ServerCapabilities.Tools!.ListChanged);
        await DemoteAsync(server.Cloud);

        _time.Advance(TimeSpan.FromMinutes(61));
        await client.Mcp.ListToolsAsync();

        await Eventually.IsTrueAsync(() => client.Messages.Any(message => message.Contains(Changed, StringComparison.Ordinal)));
        Assert.DoesNotContain("deploy_virtual_machine", await ToolsAsync(client));
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task A_session_that_opens_its_stream_anew_hears_it_there_and_the_stream_it_lost_ends(string revision)
    {
        await using var server = await HttpServer.StartAsync(server: Settings, open: AsUser);
        var session = await server.BeginAsync(revision);
        await server.SendAsync(server.Post(List, session));
        using var lost = await server.Http.SendAsync(server.Get(session), HttpCompletionOption.ResponseHeadersRead);
        using var stream = await server.Http.SendAsync(server.Get(session), HttpCompletionOption.ResponseHeadersRead);
        await lost.Content.ReadAsStringAsync();
        await DemoteAsync(server.Cloud);

        _time.Advance(TimeSpan.FromMinutes(61));
        await server.SendAsync(server.Post(List, session));
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());

        Assert.Contains(Changed, await NextAsync(reader), StringComparison.Ordinal);
        await server.SendAsync(server.Delete(session));
        Assert.DoesNotContain("jsonrpc", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_asked_for_anew_and_is_the_same_is_not_announced()
    {
        await using var server = new TestServer(Settings, open: AsUser);
        var client = await server.ConnectAsync(protocol: "2025-11-25");
        await client.Mcp.ListToolsAsync();

        _time.Advance(TimeSpan.FromMinutes(61));
        await client.Mcp.ListToolsAsync();
        await Eventually.IsTrueAsync(() => server.Commands.Count(command => command == "listApis") == 2);
        await client.ReadAsync("listZones");

        Assert.DoesNotContain(client.Messages, message => message.Contains(Changed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Five_tools_never_change_and_nothing_is_announced_of_them()
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync(protocol: "2025-11-25");

        Assert.NotEqual(true, client.Mcp.ServerCapabilities.Tools!.ListChanged);
    }

    [Theory]
    [InlineData("pipes")]
    [InlineData("http")]
    public async Task Who_subscribes_to_what_is_never_announced_is_told_so_and_not_kept(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport);

        var answer = await client.AskAsync(
            "subscriptions/listen", """{"notifications":{"toolsListChanged":true,"promptsListChanged":true,"resourceSubscriptions":["cloudstack://server/audit"]}}""");

        Assert.True(answer.TryGetProperty("result", out _));
    }

    [Fact]
    public async Task A_subscription_over_http_hears_it_with_its_own_id()
    {
        await using var server = await HttpServer.StartAsync(server: Settings, open: AsUser);
        var lister = await server.ConnectAsync();
        await lister.ListToolsAsync();
        using var stream = await server.Http.SendAsync(Listen(server), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        var acknowledged = await NextAsync(reader);
        await DemoteAsync(server.Cloud);

        _time.Advance(TimeSpan.FromMinutes(61));
        await lister.ListToolsAsync();
        var changed = await NextAsync(reader);

        Assert.Contains("\"toolsListChanged\":true", acknowledged, StringComparison.Ordinal);
        Assert.DoesNotContain("promptsListChanged", acknowledged, StringComparison.Ordinal);
        Assert.Contains(Changed, changed, StringComparison.Ordinal);
        Assert.All([acknowledged, changed], message => Assert.Contains("\"io.modelcontextprotocol/subscriptionId\":5", message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_subscription_ends_in_good_order_when_the_server_stops()
    {
        var server = await HttpServer.StartAsync(server: Settings, open: AsUser);
        using var stream = await server.Http.SendAsync(Listen(server), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        await NextAsync(reader);

        await server.Host.DisposeAsync();

        Assert.DoesNotContain("jsonrpc", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        await server.DisposeAsync();
    }

    private ServerSettings Settings => new() { Toolsets = ["all"], Time = _time };

    private static HttpRequestMessage Listen(HttpServer server)
    {
        var request = server.Post("""
            {"jsonrpc":"2.0","id":5,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true,"promptsListChanged":true},"_meta":{
              "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},
              "io.modelcontextprotocol/clientCapabilities":{}}}}
            """);
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "subscriptions/listen");
        return request;
    }

    private static async Task<string> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    private static async Task<List<string>> ToolsAsync(TestClient client) => [.. (await client.Mcp.ListToolsAsync()).Select(tool => tool.Name)];

    // Gives the account of the server's connection a role that may not deploy machines.
    private static async Task DemoteAsync(SimulatedCloud cloud)
    {
        using var admin = Provider(cloud, cloud.Credentials.RootAdmin);
        var role = await SendAsync(admin, "createRole", ("name", "Small"), ("type", "User"));
        await SendAsync(admin, "createRolePermission", ("roleid", role), ("rule", "deployVirtualMachine"), ("permission", "deny"));
        var account = await SendAsync(admin, "listAccounts", ("listall", true), ("name", cloud.Credentials.User.Account));
        await SendAsync(admin, "updateAccount", ("id", account), ("roleid", role));
    }

    private static async Task<string> SendAsync(CloudStackProvider cloud, string command, params (string Name, object Value)[] arguments)
    {
        var spec = CommandBinder.FindCommand(cloud.Catalog, command);
        var given = arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value);
        return (await cloud.SendAsync(CommandBinder.Bind(cloud.Catalog, spec, given), CancellationToken.None)).Objects[0].GetText("id")!;
    }

    private static CloudSession AsUser(SimulatedCloud cloud)
    {
        var provider = Provider(cloud, cloud.Credentials.User);
        return new CloudSession("test", provider, FollowPolicy.Eager, provider);
    }

    private static CloudStackProvider Provider(SimulatedCloud cloud, SimulatorUser user) => CloudStackProvider.Create(
        new CloudStackConnection("http://simulator.invalid/client/api", new ApiKeyCredentials(user.ApiKey, user.SecretKey)), cloud.CreateHandler());
}
