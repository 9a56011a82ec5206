namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Arguments that turned out to be nothing. A list narrowed by nothing would list everything, for the next command to act on.</summary>
[Collection(EngineCollection.Name)]
public sealed class NothingGivenTests(PowerShellEngine engine)
{
    [EngineTheory]
    [InlineData("Get-CsVirtualMachine $none")]
    [InlineData("Get-CsVirtualMachine ''")]
    [InlineData("Get-CsVirtualMachine -ListAll $true -Name $none")]
    [InlineData("Get-CsVirtualMachine -ListAll $true -ZoneId $none.Id")]
    [InlineData("Get-CsVirtualMachine -ListAll $true -Account $none")]
    [InlineData("Get-CsVirtualMachine -ListAll $true -State $none")]
    [InlineData("Get-CsVirtualMachine -ListAll $true -Ids @()")]
    [InlineData("Get-CsVirtualMachine -ListAll $true -Ids $none")]
    [InlineData("Get-CsVirtualMachine -ListAll $true -Ids '05e7a64f-1f1f-4a50-8f9c-29a3c1e8a30f', $none")]
    [InlineData("Get-CsVirtualMachine -ListAll $true -Tags @{}")]
    [InlineData("Get-CsVirtualMachine -ListAll $true -Tags @{ role = $none }")]
    [InlineData("Invoke-CsApi listVirtualMachines @{ listall = $true; zoneid = $none }")]
    public void A_list_that_is_narrowed_by_nothing_is_an_error_and_the_next_command_gets_nothing(string list)
    {
        var result = engine.RunConnected($$"""
            $none = $null
            {{list}} | Stop-CsVirtualMachine
            "$(@(Get-CsSimulatorRequest).Count) requests"
            """);

        Assert.StartsWith("CloudStack.InvalidArgument,", result.OnlyError().Id, StringComparison.Ordinal);
        Assert.Equal(["0 requests"], result.Output);
    }

    [EngineTheory]
    [InlineData("New-CsAffinityGroup -Name x -Type 'host anti-affinity' -ProjectId $null", "-ProjectId")]
    [InlineData("New-CsTag -ResourceIds web-01 -ResourceType UserVm -Tags @{ a = 1; b = $null }", "-Tags")]
    public void A_change_that_is_given_no_object_or_half_a_map_is_an_error_that_names_the_parameter(string change, string parameter)
    {
        var error = engine.RunConnected(change).OnlyError();

        Assert.StartsWith("CloudStack.InvalidArgument,", error.Id, StringComparison.Ordinal);
        Assert.Contains(parameter, error.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void An_empty_text_that_a_change_sets_is_sent() => Assert.Equal(
        ["<>"],
        engine.RunConnected("""
            $null = Update-CsVirtualMachine web-01 -DisplayName ''
            Get-CsSimulatorRequest | Where-Object Command -EQ updateVirtualMachine | ForEach-Object { "<$($_.Parameters.displayname)>" }
            """).Clean());

    [EngineFact]
    public void What_goes_to_other_cmdlets_as_nothing_is_an_error_one_an_input() => Assert.Equal(
        ["ParameterArgumentValidationError", "ParameterArgumentValidationError", "CloudStack.InvalidArgument", "CloudStack.InvalidArgument", "simulator"],
        engine.RunConnected("""
            $null | Invoke-CsApi listZones -ErrorAction SilentlyContinue -ErrorVariable problems
            $null | Disconnect-CsCloud -ErrorAction SilentlyContinue -ErrorVariable +problems
            '' | Wait-CsJob -ErrorAction SilentlyContinue -ErrorVariable +problems
            Wait-CsJob '' -ErrorAction SilentlyContinue -ErrorVariable +problems
            $problems.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] }
            (Get-CsConnection).Name
            """).Clean());
}
