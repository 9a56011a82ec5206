namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>What people see when they ask for help.</summary>
[Collection(EngineCollection.Name)]
public sealed class HelpTests(PowerShellEngine engine)
{
    [EngineFact]
    public void Full_help_shows_every_section()
    {
        var text = string.Join('\n', engine.Run("Get-Help Stop-CsVirtualMachine -Full | Out-String -Width 200").Clean());

        Assert.Contains("Shut down a running virtual machine", text, StringComparison.Ordinal);
        Assert.Contains("Stop-CsVirtualMachine [-Id] <Identity[VirtualMachine]> [-Forced <Boolean>]", text, StringComparison.Ordinal);
        Assert.Contains("A name or the object itself goes in place of the id.", text, StringComparison.Ordinal);
        Assert.Contains("Accept pipeline input?       True (ByValue)", text, StringComparison.Ordinal);
        Assert.Contains("CloudStack.Client.Models.VirtualMachine", text, StringComparison.Ordinal);
        Assert.Contains("Example 1: ", text, StringComparison.Ordinal);
        Assert.Contains("Stop-CsVirtualMachine -Id web-01", text, StringComparison.Ordinal);
        Assert.Contains("Start-CsVirtualMachine", text, StringComparison.Ordinal);
    }

    [EngineFact]
    public void Every_cmdlets_help_is_found() => Assert.Empty(engine.Run("""
        Get-Command -Module CloudStack.PowerShell -CommandType Cmdlet | Where-Object {
            $help = Get-Help $_
            -not $help.examples -or $help.Synopsis -notmatch '^[A-Z].+\.\s*$' -or -not (Test-Path $_.HelpFile) } |
            ForEach-Object Name
        """).Clean());

    [EngineFact]
    public void An_API_commands_name_leads_to_the_help_of_its_cmdlet() => Assert.Equal(
        ["Stop-CsVirtualMachine"], engine.Run("(Get-Help stopVirtualMachine).Name").Clean());

    [EngineFact]
    public void Every_example_is_read_and_bound_by_the_engine_without_an_error() => Assert.Empty(engine.Run("""
        foreach ($cmdlet in Get-Command -Module CloudStack.PowerShell -CommandType Cmdlet) {
            foreach ($example in (Get-Help $cmdlet).examples.example) {
                $errors = $null
                $tree = [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $errors)
                $errors | ForEach-Object { "$($example.code): $($_.Message)" }
                $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) | ForEach-Object {
                    $bound = [System.Management.Automation.Language.StaticParameterBinder]::BindCommand($_, $true)
                    $bound.BindingExceptions.Values | ForEach-Object { "$($example.code): $($_.BindingException.Message)" }
                }
            }
        }
        """).Clean());
}
