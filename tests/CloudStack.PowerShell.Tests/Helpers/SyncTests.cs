using System.Text;
using System.Text.Json;
using CloudStack.PowerShell.Tests.Engine;

namespace CloudStack.PowerShell.Tests.Helpers;

/// <summary>Servers that list commands which the catalog doesn't know, some of them in bad faith.</summary>
[Collection(EngineCollection.Name)]
public sealed class SyncTests(PowerShellEngine engine)
{
    private const string Zebras = """
        {"name":"listFlavorZebras","description":"Lists zebras.","isasync":false,"params":[
          {"name":"name","type":"string","required":true,"description":"Whose."},
          {"name":"count","type":"integer"},{"name":"striped","type":"boolean"},{"name":"host","type":"string"},{"name":"confirm","type":"string"},
          {"name":"arguments","type":"list"},{"name":"args","type":"string"}]}
        """;

    [EngineFact]
    public void A_command_that_the_catalog_does_not_know_becomes_a_function_with_parameters_and_help() => Assert.Equal(
        ["Get-CsFlavorZebra", "The server says: Lists zebras.", "True", "striped 7"],
        Run(Listing(Zebras), """
            (Sync-CsCatalog).Added
            (Get-Help Get-CsFlavorZebra).Synopsis
            (Get-Command Get-CsFlavorZebra).Parameters['name'].Attributes.Mandatory
            Get-CsFlavorZebra -name n -count 7 -striped $true -hostValue h -confirmValue c -arguments a, b -argsValue x | ForEach-Object { $_.name }
            """, query => query.Contains("command=listFlavorZebras", StringComparison.Ordinal)
                && query.Contains("count=7", StringComparison.Ordinal) && query.Contains("striped=true", StringComparison.Ordinal)
                && query.Contains("host=h", StringComparison.Ordinal) && query.Contains("confirm=c", StringComparison.Ordinal)
                && query.Contains("arguments=a%2Cb", StringComparison.OrdinalIgnoreCase) && query.Contains("args=x", StringComparison.Ordinal)
                    ? """{"listflavorzebrasresponse":{"count":1,"zebra":[{"name":"striped 7"}]}}"""
                    : """{"listflavorzebrasresponse":{}}""").Clean());

    [EngineFact]
    public void A_function_that_changes_something_asks_and_stays_silent_under_WhatIf()
    {
        var result = Run(Listing("""{"name":"paintZebra","params":[{"name":"id","type":"uuid","required":true}]}"""), """
            (Sync-CsCatalog).Added
            Invoke-CsPaintZebra -id 1 -WhatIf
            Invoke-CsPaintZebra -id 1
            Invoke-CsPaintZebra -id 1 -Force | ForEach-Object { $_.id }
            """, query => query.Contains("command=paintZebra", StringComparison.Ordinal) ? """{"paintzebraresponse":{"zebra":{"id":"painted"}}}""" : null);

        Assert.Equal(["Invoke-CsPaintZebra", "painted"], result.Output);
        Assert.StartsWith("CloudStack.NotConfirmed,", result.OnlyError().Id, StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
    }

    [EngineFact]
    public void Nothing_that_a_listing_says_is_run_or_takes_another_commands_name()
    {
        string[] names = ["x'; $global:pwned = 1; '", "$(${global:pwned} = 1)", "rm", "dir\n", "a b", "", "global:Get-ChildItem", "../x", "Get-CsZone", "zone#>"];
        var commands = names.Select(name => Serialize(new { name, description = "d" }))
            .Append(Serialize(new
            {
                name = "listWickedThings",
                description = "#> $global:pwned = 1 <# '@; \"$($global:pwned = 1)\" `\n#>\n$global:pwned = 1\n.EXAMPLE\n$global:pwned = 1",
                @params = new object[]
                {
                    new { name = "id]$x,[Parameter()]$(${global:pwned}=1)", type = "string", description = "#>" },
                    new { name = "type", type = "string] $a = ($global:pwned = 1), [string", description = "'); $global:pwned = 1; ('#>" },
                    new { name = "true", type = "boolean" }, new { name = "PSBoundParameters", type = "string" }, new { name = "TYPE", type = "string" },
                },
            }))
            .Append(Serialize(new { name = "listBrokenThings", @params = new object[] { new { name = "a;b", type = "string", required = true } } }))
            .Append(Serialize(new { name = "listZoneses", description = "Would be Get-CsZonese." }));

        var result = Run(Listing([.. commands]), """
            $before = Get-Command -CommandType Function, Alias
            $synced = Sync-CsCatalog
            $new = (Get-Command -CommandType Function, Alias | Where-Object Name -notin $before.Name).Name | Sort-Object
            "$($new -join ' ')"
            $synced.LeftOut
            $null = Get-Help Get-CsWickedThing -Full | Out-String
            Get-CsWickedThing -type t -trueValue $true -PSBoundParametersValue p | Out-Null
            "$($global:pwned)"
            (Get-Command Get-CsZone).CommandType
            """, _ => """{"listwickedthingsresponse":{}}""");

        Assert.Equal(["Get-CsWickedThing Get-CsZonese Invoke-CsRm", "10", "", "Cmdlet"], result.Clean());
    }

    [EngineFact]
    public void What_the_role_may_not_call_is_told_and_hidden_on_demand_until_the_next_run() => Assert.Equal(
        ["True", "False", "0 1", "1 1"],
        Run(Listing("""{"name":"listZones"}""", """{"name":"listApis"}"""), $$"""
            $synced = Sync-CsCatalog
            $synced.Unavailable -contains 'Remove-CsZone'
            $synced.Unavailable -contains 'Get-CsZone'
            # What is typed at a prompt doesn't see what is hidden; scripts do.
            $ps = [powershell]::Create()
            function Typed($line) { $ps.Commands.Clear(); $ps.AddScript($line).Invoke() }
            $null = Typed "Import-Module '{{BuiltModule.Manifest}}'"
            $null = $ps.Commands.Clear(); $null = $ps.AddCommand('Sync-CsCatalog').AddParameter('Connection', (Get-CsConnection)).AddParameter('Hide').Invoke()
            "$(@(Typed 'Get-Command Remove-CsZone -ErrorAction Ignore').Count) $(@(Typed 'Get-Command Get-CsZone').Count)"
            $null = $ps.Commands.Clear(); $null = $ps.AddCommand('Sync-CsCatalog').AddParameter('Connection', (Get-CsConnection)).Invoke()
            "$(@(Typed 'Get-Command Remove-CsZone -ErrorAction Ignore').Count) $(@(Typed 'Get-Command Get-CsZone').Count)"
            """, _ => null).Clean());

    [EngineFact]
    public void A_second_run_replaces_its_own_functions_and_no_other() => Assert.Equal(
        ["Get-CsFlavorZebra", "Invoke-CsListFlavorZebras", "mine"],
        Run(Listing(Zebras), """
            $null = Sync-CsCatalog
            (Sync-CsCatalog).Added
            function global:Get-CsFlavorZebra { 'mine' }
            (Sync-CsCatalog).Added
            Get-CsFlavorZebra
            """, _ => null).Clean());

    private static string Serialize(object command) => JsonSerializer.Serialize(command);

    private static string Listing(params string[] commands) =>
        $$$"""{"listapisresponse":{"count":{{{commands.Length}}},"api":[{{{string.Join(',', commands)}}}]}}""";

    /// <summary>Runs a script connected to a server that lists what a test says.</summary>
    private EngineResult Run(string listing, string script, Func<string, string?> answer)
    {
        using var server = new FileServer(context =>
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var query = context.Request.Url!.Query + "&" + reader.ReadToEnd();
            var body = query.Contains("command=listApis", StringComparison.Ordinal) ? listing
                : query.Contains("command=listCapabilities", StringComparison.Ordinal)
                    ? """{"listcapabilitiesresponse":{"capability":{"cloudstackversion":"4.99.0.0"}}}"""
                    : answer(query) ?? """{"errorresponse":{"errorcode":431,"errortext":"no"}}""";
            context.Response.ContentType = "application/json";
            context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(body));
        });
        return engine.Run($"""
            $secret = ConvertTo-SecureString s -AsPlainText -Force
            $null = Connect-CsCloud -Url {server.Url}client/api -ApiKey k -SecretKey $secret
            try {"{"}
            {script}
            {"}"} finally {"{"} Get-ChildItem Function: | Where-Object Definition -like '*# Made by Sync-CsCatalog*' | Remove-Item {"}"}
            """);
    }
}
