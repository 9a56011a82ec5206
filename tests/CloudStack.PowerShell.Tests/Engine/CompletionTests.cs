using CloudStack.PowerShell.Tests.Support;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>What the Tab key offers.</summary>
[Collection(EngineCollection.Name)]
public sealed class CompletionTests(PowerShellEngine engine)
{
    [EngineFact]
    public void Helpers_complete_names_like_the_generated_cmdlets() => Assert.Equal(
        ["bastion-01", "'Debian 12'", "'Debian 12 installer'", "scratch", "fra1", "fra1", "web-team", "Storefront", "'Disk 20 GB'", "ams1", "none"],
        engine.RunConnected("""
            Complete 'Enter-CsConsole '
            Complete 'Save-CsTemplate Deb'
            Complete 'Save-CsIso '
            Complete 'Save-CsVolume scr'
            Complete 'Send-CsTemplate ./some.qcow2 '
            Complete 'Get-CsTopology '
            Complete 'Get-CsResourceUsage web'
            Complete 'Get-CsResourceUsage -ProjectId '
            Complete 'Send-CsVolume ./some.qcow2 -DiskOfferingId '
            Complete 'Export-CsInventory ./some.html -ZoneId a'
            (Complete 'Send-CsTemplate ./some.qcow2 fra1 -Hypervisor ' -Once) ?? 'none'
            """).Clean());

    [EngineFact]
    public void What_takes_an_iso_is_offered_isos_and_what_takes_either_both() => Assert.Equal(
        ["Debian 12 installer", "Debian 12", "Debian 12, Debian 12 installer"],
        engine.RunConnected("""
            foreach ($line in 'Remove-CsIso Deb', 'Remove-CsTemplate Deb', 'New-CsVirtualMachine -TemplateId Deb') {
                $null = Complete $line
                (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText -join ', '
            }
            """).Clean());

    [EngineFact]
    public void What_was_typed_may_have_wildcards_and_quotes_in_it() => Assert.Equal(
        ["web-01", "db-02", "'it''s [one]'", "'it''s [one]'", "db-02"],
        engine.RunConnected("""
            $null = New-CsAffinityGroup -Name "it's [one]" -Type 'host anti-affinity'
            Complete 'Stop-CsVirtualMachine w*1'
            Complete "Stop-CsVirtualMachine '?b-02"
            Complete "Remove-CsAffinityGroup 'it''s [o"
            Complete "Remove-CsAffinityGroup *[one"
            Complete 'Get-CsVirtualMachine -Name *b-02'
            """).Clean());

    [EngineFact]
    public void Jobs_under_way_are_offered_to_wait_for() => Assert.Equal(
        ["True", "StopVirtualMachineCmd"],
        engine.Run("""
            $null = Connect-CsCloud -Simulator -JobDuration 00:10:00
            $job = Stop-CsVirtualMachine bastion-01 -NoWait
            (Complete 'Wait-CsJob ') -eq $job.JobId
            $line = 'Wait-CsJob '
            (TabExpansion2 $line $line.Length).CompletionMatches[0].ListItemText.Split(',')[0]
            """).Clean());

    [EngineFact]
    public void Categories_are_offered_to_search_in() => Assert.Equal(
        ["VirtualMachine"], engine.Run("Complete 'Find-CsCommand -Category Virtual'").Clean());

    [EngineFact]
    public void Of_several_connections_the_names_of_all_are_offered_and_of_one_that_is_not_open_none() => Assert.Equal(
        ["only-in-a", "only-in-b", "only-in-a", "none", "none"],
        engine.Run("""
            $a = Connect-CsCloud -Simulator -Name a
            $null = New-CsAffinityGroup -Name only-in-a -Type 'host anti-affinity'
            $null = Connect-CsCloud -Simulator -Name b
            $null = New-CsAffinityGroup -Name only-in-b -Type 'host anti-affinity'
            Complete 'Remove-CsAffinityGroup -Connection a, b -Id only-in-a'
            Complete 'Remove-CsAffinityGroup -Connection a, b -Id only-in-b'
            Complete 'Remove-CsAffinityGroup -Connection $a -Id only'
            (Complete 'Remove-CsAffinityGroup -Connection a -Id only-in-b' -Once) ?? 'none'
            (Complete 'Remove-CsAffinityGroup -Connection gone -Id only' -Once) ?? 'none'
            """).Clean());

    [EngineFact]
    public void While_a_cloud_answers_slowly_what_is_known_already_is_offered() => Assert.Equal(
        ["web-01", "web-01", "none", "0"],
        engine.RunConnected("""
            $Error.Clear()
            Complete 'Start-CsVirtualMachine web'
            $null = New-CsAffinityGroup -Name one -Type 'host anti-affinity'
            $null = Set-CsSimulator -Fault @{ latencySeconds = 3600 }
            Complete 'Start-CsVirtualMachine web' -Once
            (Complete 'Get-CsNetwork -Id ' -Once) ?? 'none'
            $Error.Count
            """).Clean());

    [EngineFact]
    public async Task Names_that_would_turn_the_direction_of_writing_are_shown_without_that()
    {
        await using var cloud = new ListeningCloud(rewrite: body => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(body)
            .Replace("\"bastion-01\"", "\"zz\\u202e10-bew\"", StringComparison.Ordinal)));

        Assert.Equal(
            ["'zz\u202e10-bew'", "zz 10-bew"],
            engine.Run(cloud.Connect + """
                $line = 'Stop-CsVirtualMachine zz'
                Complete $line
                (TabExpansion2 $line $line.Length).CompletionMatches[0].ListItemText
                """).Clean());
    }
}
