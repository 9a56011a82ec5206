using System.Text;
using System.Text.Json;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Tools;

public sealed class CloudDescribeTests : ServerTest
{
    [Fact]
    public async Task A_description_tells_what_a_call_needs()
    {
        var answer = await Client.CallAsync("cloud_describe", """{"command":"Stop-CsVirtualMachine"}""");

        Assert.Equal("stopVirtualMachine", answer["command"]);
        Assert.Equal("disrupt", answer["effect"]);
        Assert.Equal("True", answer["async"]);
        Assert.NotEqual("", answer["warning"]);
        var id = answer.Json.GetProperty("parameters")[0];
        Assert.Equal("id", id.GetProperty("name").GetString());
        Assert.Equal("VirtualMachine id or name", id.GetProperty("type").GetString());
        Assert.True(id.GetProperty("required").GetBoolean());
        Assert.Contains("state", answer.Json.GetProperty("result").GetProperty("fields").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_is_described_and_its_example_binds()
    {
        var catalog = Server.Parts.Parts.Catalog;
        foreach (var name in catalog.Commands.Where(c => !c.IsAuthenticator).Select(c => c.Name))
        {
            var answer = await Client.CallAsync("cloud_describe", $$"""{"command":"{{name}}"}""");

            Assert.False(answer.IsError, answer.Text);
            Assert.InRange(TokenEstimate.OfData(Encoding.UTF8.GetBytes(answer.Text)), 1, TokenEstimate.AnswerBudget);
            var example = answer.Json.GetProperty("example");
            var command = catalog.FindCommand(name)!;
            Assert.Equal(command.IsRead ? "cloud_read" : "cloud_change", example.GetProperty("tool").GetString());
            var given = example.GetProperty("arguments").TryGetProperty("arguments", out var arguments)
                ? arguments.EnumerateObject().ToDictionary(a => a.Name, a => (object?)Concrete(a.Value))
                : [];
            Assert.Empty(command.Parameters.Where(p => p.Required).Select(p => p.Name).Except(given.Keys));
            Cloud.Core.Binding.CommandBinder.Bind(catalog, command, given);
        }
    }

    // A reader puts a real identifier where the example has a place for one.
    private static JsonElement Concrete(JsonElement value) => JsonElement.Parse(
        System.Text.RegularExpressions.Regex.Replace(value.GetRawText(), "<[^>]*id>", "1f0c5a3e-6c1d-4f6e-9d65-0a4f6a1b2c3d"));
}
