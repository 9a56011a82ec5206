using CloudStack.Mcp.Engines.PowerShell;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>What an operator hears of the choice of an engine.</summary>
public sealed class EngineOptionTests
{
    [Fact]
    public async Task PowerShell_that_cannot_be_used_ends_the_start_with_its_reason()
    {
        var run = await Shell.RunAsync(["serve", "--simulator", "--engine", "powershell"], environment: (PowerShellSearch.Variable, "/nowhere"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("names '/nowhere', and no PowerShell is there", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_falls_back_and_says_so_to_who_asked_for_information()
    {
        var told = await Shell.RunAsync(
            ["serve", "--simulator", "--engine", "auto", "--log-level", "Information"], environment: (PowerShellSearch.Variable, "/nowhere"));
        var silent = await Shell.RunAsync(["serve", "--simulator", "--engine", "auto"], environment: (PowerShellSearch.Variable, "/nowhere"));

        Assert.Equal(0, told.ExitCode);
        Assert.Contains("The engine is direct: CLOUDSTACK_PWSH names '/nowhere'", told.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (silent.ExitCode, silent.Error));
    }

    [HostedFact]
    public async Task Auto_takes_PowerShell_where_it_can_be_used()
    {
        var run = await Shell.RunAsync(["serve", "--simulator", "--engine", "auto", "--log-level", "Information"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("The engine is the PowerShell 7.", run.Error, StringComparison.Ordinal);
    }
}
