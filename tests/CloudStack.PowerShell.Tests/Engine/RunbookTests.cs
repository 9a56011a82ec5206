namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Scripts that run with nobody there: what they end with, and that they never wait for a person.</summary>
[Collection(EngineCollection.Name)]
public sealed class RunbookTests(PowerShellEngine engine) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-runbook-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EngineTheory]
    [InlineData("Get-CsZone; \"$?\"", "False", "exit 0")]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-CsZone; 'went on'", "exit 1")]
    [InlineData("$ErrorActionPreference = 'Stop'; $null = Connect-CsCloud -Simulator; Stop-CsVirtualMachine none; 'went on'", "exit 1")]
    [InlineData("trap { exit 7 } $null = Connect-CsCloud -Simulator; Stop-CsVirtualMachine none -ErrorAction Stop; 'went on'", "exit 7")]
    [InlineData("$null = Connect-CsCloud -Simulator; 'none', 'web-01' | Stop-CsVirtualMachine -EA Ignore | ForEach-Object Name; \"$? $($Error.Count)\"",
        "web-01", "False 0", "exit 0")]
    public void A_script_ends_with_the_code_that_its_error_action_means(string script, params string[] written) =>
        Assert.Equal(written, RunFile(script));

    [EngineFact]
    public void Nothing_waits_for_an_answer() => Assert.Equal(
        ["CloudStack.NotConnected", "CloudStack.InvalidArgument", "MissingMandatoryParameter", "MissingMandatoryParameter", "CloudStack.NotConfirmed", "CloudStack.NotConfirmed", "exit 0"],
        RunFile($$"""
            $env:XDG_CONFIG_HOME = '{{_folder}}'
            $null = Connect-CsCloud -Simulator
            $ErrorActionPreference = 'Stop'
            foreach ($call in { Connect-CsCloud }, { Connect-CsCloud https://cloud.invalid }, { Connect-CsCloud -ApiKey k }, { Stop-CsVirtualMachine },
                { Remove-CsVirtualMachine web-01 }, { Update-CsVirtualMachine web-01 -DisplayName x -Confirm }) {
                try { & $call } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            }
            """));

    [UnixEngineFact]
    public void The_calendars_ends_are_refused_east_and_west_of_where_they_exist() => Assert.Equal(
        ["CloudStack.InvalidArgument", "CloudStack.InvalidArgument", "exit 0"],
        RunFile("""
            $null = Connect-CsCloud -Simulator
            try { Get-CsEvent -StartDate ([datetime]::MinValue) -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            try { New-CsTag -ResourceIds web-01 -ResourceType UserVm -Tags @{ since = [datetime]::MinValue } -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            """));

    // East of Greenwich, where the first moment of the calendar is before it in UTC.
    private string[] RunFile(string script)
    {
        var file = Path.Combine(_folder, "runbook.ps1");
        File.WriteAllText(file, $"Import-Module '{BuiltModule.Manifest}'\n{script}");
        return [.. engine.RunAlone($"$env:TZ = 'Asia/Tokyo'\n& (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File '{file}' 2>$null\n\"exit $LASTEXITCODE\"")
            .Where(line => line.Length > 0)];
    }
}
