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

    [EngineFact]
    public void First_and_Skip_count_what_fits() => Assert.Equal(
        ["True"],
        engine.RunConnected("""
            $all = (Get-CsVirtualMachine -ListAll $true -Name 'web-*').Name
            ((Get-CsVirtualMachine -ListAll $true -Name 'web-*' -Skip 1 -First 2).Name -join ',') -eq ($all[1..2] -join ',')
            """).Clean());

    [EngineFact]
    public void A_list_that_filters_exactly_takes_a_pattern_too() => Assert.Equal(
        ["expunge.delay"],
        engine.RunConnected("(Get-CsConfiguration -Name 'expunge.d*').Name").Clean());

    [EngineFact]
    public void Names_complete_from_the_connected_cloud_and_are_quoted() => Assert.Equal(
        ["web-01", "'Debian 12'", "none"],
        engine.RunConnected("""
            function Complete($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Select-Object -First 1 }
            Complete 'Stop-CsVirtualMachine web-0'
            Complete 'New-CsVirtualMachine -TemplateId Deb'
            (Complete 'Stop-CsVirtualMachine -Id no-such-') ?? 'none'
            """).Clean());
}
