using System.Text.Json;
using Cloud.Core.Catalog;
using CloudStack.Client;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Tests.Results;

public sealed class PowerShellLineTests
{
    private static readonly CommandCatalog Catalog = CloudStackCatalog.Load();

    [Theory]
    [InlineData("stopVirtualMachine", """{"id":"web-01","forced":true}""", "Stop-CsVirtualMachine -Id 'web-01' -Forced $true")]
    [InlineData("stopVirtualMachine", """{"forced":"FALSE","id":"web-01"}""", "Stop-CsVirtualMachine -Forced $false -Id 'web-01'")]
    [InlineData("listZones", """{}""", "Get-CsZone")]
    [InlineData("listZones", """{"available":null}""", "Get-CsZone")]
    [InlineData("resizeVolume", """{"id":"d","size":100}""", "Resize-CsVolume -Id 'd' -Size 100")]
    [InlineData("archiveEvents", """{"ids":"a, b"}""", "Hide-CsEvent -Ids 'a','b'")]
    [InlineData("archiveEvents", """{"ids":["a","b"]}""", "Hide-CsEvent -Ids 'a','b'")]
    [InlineData(
        "createTags",
        """{"resourceids":["x"],"resourcetype":"UserVm","tags":{"tier":"front'end"}}""",
        "New-CsTag -ResourceIds 'x' -ResourceType 'UserVm' -Tags @{ 'tier' = 'front''end' }")]
    public void The_line_says_the_same_in_powershell(string command, string arguments, string line) =>
        Assert.Equal(line, PowerShellLine.For(Catalog.FindCommand(command)!, Arguments(arguments)));

    [Theory]
    [InlineData("'; Remove-Item / -Recurse; '")]
    [InlineData("\u2019; Remove-Item / -Recurse; \u2018")]
    [InlineData("\u201A$(whoami)\u201B")]
    [InlineData("$(whoami) `n \" & | > #")]
    public void No_value_can_become_code(string name)
    {
        var line = PowerShellLine.For(Catalog.FindCommand("stopVirtualMachine")!, new Dictionary<string, object?> { ["id"] = name });

        const string start = "Stop-CsVirtualMachine -Id '";
        Assert.StartsWith(start, line, StringComparison.Ordinal);
        var quoted = line[start.Length..^1];
        foreach (var quote in "'\u2018\u2019\u201A\u201B")
        {
            Assert.DoesNotContain(quote, quoted.Replace(new string(quote, 2), "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_command_without_a_cmdlet_goes_through_the_generic_one() => Assert.Equal(
        "Invoke-CsApi 'cloudianSsoLogin'", PowerShellLine.For(Catalog.FindCommand("cloudianSsoLogin")!, Arguments("{}")));

    private static Dictionary<string, object?> Arguments(string json) =>
        JsonElement.Parse(json).EnumerateObject().ToDictionary(a => a.Name, a => (object?)a.Value);
}
