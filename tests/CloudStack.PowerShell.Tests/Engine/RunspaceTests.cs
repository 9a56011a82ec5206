namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Runspaces and processes beside the one that a person sits at: each has connections of its own, and all show objects alike.</summary>
[Collection(EngineCollection.Name)]
public sealed class RunspaceTests(PowerShellEngine engine)
{
    private const string Header = "Name NetworkType State SecurityGroups GuestCidrAddress Description";
    private const string Head = "function Read-Head { (($input | Out-String -Width 120).Trim() -split '\\r?\\n')[0] -replace ' +', ' ' }";

    [EngineFact]
    public void A_runspace_made_from_a_session_state_has_the_views_and_no_connection_of_others() => Assert.Equal(
        ["CloudStack.NotConnected", Header],
        Run($$"""
            $null = Connect-CsCloud -Simulator
            $state = [initialsessionstate]::CreateDefault2()
            $state.ImportPSModule(@('{{BuiltModule.Manifest}}'))
            [powershell]::Create($state).AddScript({
                {{Head}}
                try { Get-CsZone } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
                $null = Connect-CsCloud -Simulator
                Get-CsZone | Read-Head
            }).Invoke()
            """));

    [EngineFact]
    public void Parallel_blocks_connect_each_for_itself() => Assert.Equal(
        [Header + " one", Header + " two"],
        Run($$"""
            'one', 'two' | ForEach-Object -Parallel {
                {{Head}}
                Import-Module '{{BuiltModule.Manifest}}'
                $null = Connect-CsCloud -Simulator -Name $_
                "$(Get-CsZone | Read-Head) $((Get-CsConnection).Name)"
            } | Sort-Object
            """));

    [EngineTheory]
    [InlineData("Start-ThreadJob", "CloudStack.Client.Models.Zone")]
    [InlineData("Start-Job", "Deserialized.CloudStack.Client.Models.Zone")]
    public void What_a_job_gives_is_shown_as_if_it_came_from_here(string start, string type) => Assert.Equal(
        [type, Header],
        Run($$"""
            {{Head}}
            $zones = {{start}} { Import-Module '{{BuiltModule.Manifest}}'; $null = Connect-CsCloud -Simulator; Get-CsZone } | Receive-Job -Wait
            $zones[0].PSTypeNames[0]
            $zones | Read-Head
            """));

    [EngineFact]
    public void What_was_written_to_a_file_and_read_again_is_shown_alike_and_still_says_which_object_it_is() => Assert.Equal(
        [Header, "True"],
        Run($$"""
            {{Head}}
            $null = Connect-CsCloud -Simulator
            $kept = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-CsZone fra1)))
            $kept | Read-Head
            ($kept | Get-CsZone).Id -eq $kept.Id
            """));

    private IEnumerable<string> Run(string script) =>
        engine.RunAlone($"$ProgressPreference = 'SilentlyContinue'\nImport-Module '{BuiltModule.Manifest}'\n{script}").Where(line => line.Length > 0);
}
