namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Connections that come, go and are mixed while pipelines run.</summary>
[Collection(EngineCollection.Name)]
public sealed class ConnectionLifeTests(PowerShellEngine engine)
{
    [EngineTheory]
    [InlineData("")]
    [InlineData("-Connection a")]
    public void Where_a_connection_is_closed_on_the_way_each_input_that_is_left_is_an_error_about_itself(string connection) => Assert.Equal(
        ["web-01", "web-02 CloudStack.NotConnected", "web-03 CloudStack.NotConnected", "Running"],
        engine.Run($$"""
            'b', 'a' | ForEach-Object { $null = Connect-CsCloud -Simulator -Name $_ }
            'web-01', 'web-02', 'web-03' | ForEach-Object { if ($_ -eq 'web-02') { Disconnect-CsCloud a }; $_ } |
                Stop-CsVirtualMachine {{connection}} -ErrorAction SilentlyContinue -ErrorVariable problems | ForEach-Object Name
            $problems | ForEach-Object { "$($_.TargetObject) $($_.FullyQualifiedErrorId.Split(',')[0])" }
            (Get-CsVirtualMachine web-02).State
            """).Clean());

    [EngineFact]
    public void A_connection_made_on_the_way_takes_nothing_over() => Assert.Equal(
        ["web-01 a", "web-02 a"],
        engine.Run("""
            $null = Connect-CsCloud -Simulator -Name a
            'web-01', 'web-02' | ForEach-Object { if ($_ -eq 'web-02') { $null = Connect-CsCloud -Simulator -Name b }; $_ } |
                Stop-CsVirtualMachine | ForEach-Object { "$($_.Name) $($_.Connection)" }
            """).Clean());

    [EngineFact]
    public void Connections_are_named_first_or_piped_and_each_is_worked_on_once() => Assert.Equal(
        ["a", "True True", "fra1 ams1", "c", "0"],
        engine.Run("""
            'a', 'b', 'c' | ForEach-Object { $null = Connect-CsCloud -Simulator -Name $_ }
            (Get-CsConnection a).Name
            "$((Get-CsConnection a, b | Test-CsConnection).Success)"
            "$((Get-CsZone -Connection a, A).Name)"
            'a', 'b' | Disconnect-CsCloud
            (Get-CsConnection).Name
            Get-CsConnection | Disconnect-CsCloud
            @(Get-CsConnection).Count
            """).Clean());

    [EngineFact]
    public void An_object_in_the_arguments_of_a_raw_call_goes_to_the_cloud_it_came_from_or_nowhere() => Assert.Equal(
        ["a", "CloudStack.InvalidArgument"],
        engine.Run("""
            'a', 'b' | ForEach-Object { $null = Connect-CsCloud -Simulator -Name $_ }
            $machine = Get-CsVirtualMachine web-01 -Connection a
            (Invoke-CsApi updateVirtualMachine @{ id = $machine; displayname = 'x' }).Connection
            try { Invoke-CsApi updateVirtualMachine @{ id = $machine; displayname = 'x' } -Connection b -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            """).Clean());
}
