namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>What a person at a prompt is asked.</summary>
[Collection(EngineCollection.Name)]
public sealed class PromptTests(PowerShellEngine engine)
{
    private static readonly string Connected = $"Import-Module '{BuiltModule.Manifest}'\n$null = Connect-CsCloud -Simulator\n";

    [EngineFact]
    public void A_loss_is_asked_about_by_name_and_with_its_consequence_and_no_means_no()
    {
        var output = string.Join(' ', engine.RunAlone(
            Connected + "Remove-CsVirtualMachine bastion-01; \"state: $((Get-CsVirtualMachine bastion-01).State)\"", "N"));

        Assert.Contains("bastion-01", output, StringComparison.Ordinal);
        Assert.Contains("gone", output, StringComparison.Ordinal);
        Assert.Contains("state: Running", output, StringComparison.Ordinal);
    }

    [EngineFact]
    public void Yes_means_yes() => Assert.Contains(
        "left: 0",
        engine.RunAlone(Connected + "$null = Remove-CsVirtualMachine bastion-01; \"left: $(@(Get-CsVirtualMachine -State Running | Where-Object Name -eq bastion-01).Count)\"", "Y"));

    [EngineFact]
    public void A_critical_command_asks_even_under_Confirm_false()
    {
        var output = engine.RunAlone(
            Connected + "Remove-CsAccount ledger -Confirm:$false; \"left: $(@(Get-CsAccount -ListAll $true | Where-Object Name -eq ledger).Count)\"", "N");

        Assert.Contains(output, line => line.Contains("Critical", StringComparison.Ordinal));
        Assert.Contains("left: 1", output);
    }
}
