namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>What stands between a person and a loss. Nobody can be asked in these tests.</summary>
[Collection(EngineCollection.Name)]
public sealed class SafetyTests(PowerShellEngine engine)
{
    private const string Machine = "$vm = @(Get-CsVirtualMachine -State Running)[0]\n";
    private const string StillThere = "\n[bool](Get-CsVirtualMachine $vm.Id -ErrorAction SilentlyContinue | Where-Object State -eq Running)";

    [EngineFact]
    public void WhatIf_changes_nothing() => Assert.Equal(
        ["True"], engine.RunConnected($"{Machine}Remove-CsVirtualMachine $vm.Id -WhatIf{StillThere}").Clean());

    [EngineFact]
    public void WhatIf_wins_over_Force() => Assert.Equal(
        ["True"], engine.RunConnected($"{Machine}Remove-CsVirtualMachine $vm.Id -WhatIf -Force{StillThere}").Clean());

    [EngineFact]
    public void The_sessions_WhatIf_preference_wins_over_Force() => Assert.Equal(
        ["True"],
        engine.RunConnected($"{Machine}$WhatIfPreference = $true; Remove-CsVirtualMachine $vm.Id -Force; $WhatIfPreference = $false{StillThere}").Clean());

    [EngineFact]
    public void A_loss_that_nobody_can_confirm_is_refused_and_nothing_is_sent()
    {
        var result = engine.RunConnected($"{Machine}Remove-CsVirtualMachine $vm.Id{StillThere}");

        var error = result.OnlyError();
        Assert.StartsWith("CloudStack.NotConfirmed,", error.Id, StringComparison.Ordinal);
        Assert.Contains("-Force", error.Recommended, StringComparison.Ordinal);
        Assert.Equal(["True"], result.Output);
    }

    [EngineFact]
    public void Confirm_false_answers_yes_to_a_loss() => Assert.Equal(
        ["0"],
        engine.RunConnected($"{Machine}$null = Remove-CsVirtualMachine $vm.Id -Confirm:$false\n@(Get-CsVirtualMachine -State Running | Where-Object Id -eq $vm.Id).Count").Clean());

    [EngineFact]
    public void Force_answers_yes_to_a_loss() => Assert.Equal(
        ["0"],
        engine.RunConnected($"{Machine}$null = Remove-CsVirtualMachine $vm.Id -Force\n@(Get-CsVirtualMachine -State Running | Where-Object Id -eq $vm.Id).Count").Clean());

    [EngineFact]
    public void A_critical_command_is_not_let_through_by_Confirm_false()
    {
        var result = engine.RunConnected("Remove-CsAccount (Get-CsAccount)[-1].Id -Confirm:$false");

        Assert.StartsWith("CloudStack.NotConfirmed,", result.OnlyError().Id, StringComparison.Ordinal);
    }

    [EngineFact]
    public void What_only_changes_is_not_asked_about() => Assert.Equal(
        ["new name"],
        engine.RunConnected($"{Machine}(Update-CsVirtualMachine $vm.Id -DisplayName 'new name').DisplayName").Clean());

    [EngineFact]
    public void A_raw_call_is_asked_about_by_the_commands_own_effect()
    {
        var change = engine.RunConnected($"{Machine}(Invoke-CsApi updateVirtualMachine @{{ id = $vm.Id; displayname = 'raw' }}).DisplayName");
        var loss = engine.RunConnected($"{Machine}Invoke-CsApi destroyVirtualMachine @{{ id = $vm.Id }}");

        Assert.Equal(["raw"], change.Clean());
        Assert.StartsWith("CloudStack.NotConfirmed,", loss.OnlyError().Id, StringComparison.Ordinal);
    }

    [EngineFact]
    public void No_secret_shows_in_verbose_output_or_in_the_audit_trail()
    {
        var result = engine.RunConnected("""
            $secret = ConvertTo-SecureString 'Tr0ub4dor-engine' -AsPlainText -Force
            New-CsUser -Account admin -UserName engine-user -FirstName E -LastName U -Email e@example.com -Password $secret -Verbose 4>&1 |
                ForEach-Object { "$_" }
            """);

        Assert.DoesNotContain(result.Output.Concat(result.Errors.Select(e => e.Message)), line => line.Contains("Tr0ub4dor", StringComparison.Ordinal));
        Assert.DoesNotContain("Tr0ub4dor", File.ReadAllText(engine.AuditLog), StringComparison.Ordinal);
    }

    [EngineFact]
    public void Debug_shows_each_request_and_the_shape_of_its_answer_without_secrets()
    {
        var result = engine.RunConnected("""
            $secret = ConvertTo-SecureString 'Tr0ub4dor-engine' -AsPlainText -Force
            New-CsUser -Account admin -UserName debug-user -FirstName E -LastName U -Email e@example.com -Password $secret -Debug 5>&1 |
                ForEach-Object { "$_" }
            Get-CsZone -Name fra1 -Debug 5>&1 | ForEach-Object { "$_" }
            """);

        Assert.Contains(result.Output, line => line.StartsWith("POST ", StringComparison.Ordinal) && line.Contains("command=createUser", StringComparison.Ordinal)
            && line.Contains("password=***", StringComparison.Ordinal));
        Assert.Contains(result.Output, line => line.StartsWith("HTTP 200, ", StringComparison.Ordinal) && line.EndsWith("count, zone[1]", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Output, line => line.Contains("Tr0ub4dor", StringComparison.Ordinal) || line.Contains("apikey", StringComparison.OrdinalIgnoreCase));
    }

    [EngineFact]
    public void Nothing_is_shown_for_debugging_unless_asked_for() =>
        Assert.Empty(engine.RunConnected("Get-CsZone 5>&1 | Where-Object { $_ -is [System.Management.Automation.DebugRecord] }").Clean());
}
