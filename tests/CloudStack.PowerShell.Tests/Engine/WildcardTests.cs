namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Names with wildcards, which no server knows.</summary>
[Collection(EngineCollection.Name)]
public sealed class WildcardTests(PowerShellEngine engine)
{
    [EngineFact]
    public void A_pattern_is_compared_with_the_whole_name_and_ignores_case() => Assert.Equal(
        ["web-01,web-02,web-03,web-staging", "web-01,web-02,web-03", "0"],
        engine.RunConnected("""
            (Get-CsVirtualMachine -ListAll $true -Name 'WEB-*').Name | Sort-Object | Join-String -Separator ','
            (Get-CsVirtualMachine -ListAll $true -Name 'web-0?').Name | Sort-Object | Join-String -Separator ','
            @(Get-CsVirtualMachine -ListAll $true -Name 'eb-*').Count
            """).Clean());

    [EngineTheory]
    [InlineData("Get-CsAccount -ListAll $true", "listAccounts")]
    [InlineData("Get-CsDiskOffering", "listDiskOfferings")]
    [InlineData("Get-CsDomain -ListAll $true", "listDomains")]
    [InlineData("Get-CsHost", "listHosts")]
    [InlineData("Get-CsImageStore", "listImageStores")]
    [InlineData("Get-CsIso -IsoFilter all", "listIsos")]
    [InlineData("Get-CsProject -ListAll $true", "listProjects")]
    [InlineData("Get-CsRouter -ListAll $true", "listRouters")]
    [InlineData("Get-CsServiceOffering", "listServiceOfferings")]
    [InlineData("Get-CsTemplate -TemplateFilter all", "listTemplates")]
    [InlineData("Get-CsVirtualMachine -ListAll $true", "listVirtualMachines")]
    [InlineData("Get-CsVolume -ListAll $true", "listVolumes")]
    [InlineData("Get-CsZone", "listZones")]
    public void Where_the_server_looks_for_a_word_in_names_it_is_asked_to_and_nothing_is_missing(string list, string command) => Assert.Equal(
        ["True", "True", "True"],
        engine.RunConnected($$"""
            $all = @({{list}})
            $all.Count -gt 0
            $patterns = $all | Where-Object { $_.Name.Length -gt 2 } | ForEach-Object {
                "$($_.Name.Substring(0, 2))*"; "*$($_.Name.Substring(1))"; "?$($_.Name.Substring(1, 2).ToUpperInvariant())*"
            } | Where-Object { $_ -notmatch '[\[\]`]' } | Select-Object -Unique -First 12
            $wrong = $patterns | Where-Object {
                $pattern = $_
                "$(({{list}} -Name $pattern).Id)" -ne "$(($all | Where-Object Name -Like $pattern).Id)"
            }
            $null -eq $wrong
            @(Get-CsSimulatorRequest | Where-Object { $_.Command -eq '{{command}}' -and $_.Parameters.keyword }).Count -ge $patterns.Count
            """).Clean());

    [EngineFact]
    public void First_and_Skip_count_what_fits() => Assert.Equal(
        ["True"],
        engine.RunConnected("""
            $all = (Get-CsVirtualMachine -ListAll $true -Name 'web-*').Name
            ((Get-CsVirtualMachine -ListAll $true -Name 'web-*' -Skip 1 -First 2).Name -join ',') -eq ($all[1..2] -join ',')
            """).Clean());

    [EngineFact]
    public void None_wanted_gives_none_and_none_are_left_behind_all_that_can_be() => Assert.Equal(
        ["0", "0", "0", "13"],
        engine.RunConnected("""
            @(Get-CsVirtualMachine -ListAll $true -Name 'web-*' -First 0).Count
            @(Get-CsVirtualMachine -ListAll $true -First 0).Count
            @(Get-CsVirtualMachine -ListAll $true -Skip ([uint64]::MaxValue)).Count
            [uint64](Get-CsVirtualMachine -ListAll $true -First 0 -IncludeTotalCount)
            """).Clean());

    [EngineFact]
    public void A_bracket_that_is_not_closed_is_an_error_that_says_how_to_write_it()
    {
        var error = engine.RunConnected("Get-CsVirtualMachine -ListAll $true -Name '[web'").OnlyError();

        Assert.StartsWith("CloudStack.InvalidArgument,", error.Id, StringComparison.Ordinal);
        Assert.Contains("`[", error.Recommended, StringComparison.Ordinal);
    }

    [EngineTheory]
    [InlineData("Get-CsVirtualMachine 'web*'", "-Name 'web*'")]
    [InlineData("Get-CsVirtualMachine none", "Check the spelling")]
    [InlineData("Stop-CsVirtualMachine 'web*'", "Check the spelling")]
    public void A_pattern_where_an_exact_name_goes_is_an_error_that_says_where_patterns_go(string call, string step)
    {
        var error = engine.RunConnected(call).OnlyError();

        Assert.StartsWith("CloudStack.NotFound,", error.Id, StringComparison.Ordinal);
        Assert.Contains(step, error.Recommended, StringComparison.Ordinal);
    }

    [EngineFact]
    public void A_list_that_filters_exactly_takes_a_pattern_too() => Assert.Equal(
        ["expunge.delay"],
        engine.RunConnected("(Get-CsConfiguration -Name 'expunge.d*').Name").Clean());

    [EngineFact]
    public void Names_complete_from_the_connected_cloud_and_are_quoted() => Assert.Equal(
        ["web-01", "'Debian 12'", "none"],
        engine.RunConnected("""
            Complete 'Stop-CsVirtualMachine web-0'
            Complete 'New-CsVirtualMachine -TemplateId Deb'
            (Complete 'Stop-CsVirtualMachine -Id no-such-' -Once) ?? 'none'
            """).Clean());
}
