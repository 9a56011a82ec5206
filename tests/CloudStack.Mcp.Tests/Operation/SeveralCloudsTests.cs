using CloudStack.Mcp.Authentication;

namespace CloudStack.Mcp.Tests.Operation;

public sealed class SeveralCloudsTests
{
    private const string Two = """
        "clouds": { "prod": { "simulator": true, "readOnly": true }, "lab": { "simulator": true } }, "defaultCloud": "prod"
        """;

    [Fact]
    public async Task Every_tool_takes_a_cloud_and_a_call_that_names_none_means_the_default()
    {
        await using var server = await OperatedServer.StartAsync(Two);
        var client = await server.ConnectAsync();

        var tools = await client.Mcp.ListToolsAsync();
        await client.ReadAsync("listZones");
        await client.ReadAsync("listZones", more: ",\"cloud\":\"lab\"");

        Assert.All(tools, tool => Assert.Contains("One of prod, lab; default prod", tool.JsonSchema.GetRawText(), StringComparison.Ordinal));
        Assert.Equal(["prod", "lab"], server.Audit.Select(line => line.GetProperty("profile").GetString()));
    }

    [Fact]
    public async Task Each_cloud_has_limits_of_its_own()
    {
        await using var server = await OperatedServer.StartAsync(Two);
        var client = await server.ConnectAsync();

        var prod = await client.ChangeAsync("startVirtualMachine", """{"id":"batch-01"}""", ",\"cloud\":\"prod\"");
        var lab = await client.ChangeAsync("createTags", """{"resourceids":"web-01","resourcetype":"UserVm","tags":{"a":"b"}}""", ",\"cloud\":\"lab\"");

        Assert.Equal("DeniedByPolicy", prod.Cause);
        Assert.False(lab.IsError && lab.Cause == "DeniedByPolicy", lab.Text);
    }

    [Fact]
    public async Task A_cloud_that_isnt_there_is_refused_with_a_suggestion()
    {
        await using var server = await OperatedServer.StartAsync(Two);
        var client = await server.ConnectAsync();

        var answer = await client.ReadAsync("listZones", more: ",\"cloud\":\"prot\"");

        Assert.Equal("InvalidArgument", answer.Cause);
        Assert.Contains("'prod'", answer.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_of_one_cloud_is_no_good_in_another()
    {
        Environment.SetEnvironmentVariable("CLOUDSTACK_TEST_CONFIRM_KEY", Convert.ToBase64String(new byte[32]));
        await using var server = await OperatedServer.StartAsync("""
            "clouds": { "a": { "simulator": true }, "b": { "simulator": true } }, "defaultCloud": "a",
            "confirm": { "key": "env:CLOUDSTACK_TEST_CONFIRM_KEY" }
            """);
        var client = await server.ConnectAsync();

        var asked = await client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""", ",\"cloud\":\"a\"");
        var elsewhere = await client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""", $$""","cloud":"b","confirm":"{{asked["token"]}}" """);

        Assert.Equal("NotConfirmed", elsewhere.Cause);
    }

    [Fact]
    public async Task A_role_reaches_its_clouds_and_effects_and_no_others()
    {
        var (ops, audit) = (ApiKey.New(), ApiKey.New());
        await using var server = await OperatedServer.StartAsync($$"""
            "clouds": { "prod": { "simulator": true }, "lab": { "simulator": true } }, "defaultCloud": "prod",
            "roles": {
              "auditor": { "readOnly": true, "clouds": ["prod"] },
              "tester": { "clouds": ["lab"], "allow": ["change"] }
            },
            "callers": { "keys": [
              { "name": "ops", "hash": "{{ApiKey.Hash(ops)}}", "roles": ["auditor", "tester"] },
              { "name": "audit", "hash": "{{ApiKey.Hash(audit)}}", "roles": ["auditor"] }
            ] }
            """);
        var both = await server.ConnectAsync(ops);
        var one = await server.ConnectAsync(audit);

        var inProd = await both.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""", ",\"cloud\":\"prod\"");
        var inLab = await both.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""", ",\"cloud\":\"lab\"");
        var lab = await one.ReadAsync("listZones", more: ",\"cloud\":\"lab\"");
        var tools = await one.Mcp.ListToolsAsync();

        Assert.Equal("DeniedByPolicy", inProd.Cause);
        Assert.Equal("DeniedByPolicy", inLab.Cause);
        Assert.Contains("stopVirtualMachine", inLab.Message, StringComparison.Ordinal);
        Assert.Equal("InvalidArgument", lab.Cause);
        Assert.DoesNotContain(tools, tool => tool.Name == "cloud_change");
        Assert.False((await one.ReadAsync("listZones")).IsError);
    }
}
