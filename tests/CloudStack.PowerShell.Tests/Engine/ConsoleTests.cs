using System.Runtime.Versioning;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>A machine's console in the browser.</summary>
[Collection(EngineCollection.Name)]
public sealed class ConsoleTests(PowerShellEngine engine) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-browser-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [UnixEngineFact]
    [UnsupportedOSPlatform("windows")]
    public void Where_somebody_sits_before_a_screen_the_browser_gets_the_address_and_nothing_is_written()
    {
        var program = Path.Combine(_folder, OperatingSystem.IsMacOS() ? "open" : "xdg-open");
        File.WriteAllText(program, $"#!/bin/sh\nprintf '%s|%s' \"$#\" \"$1\" > '{_folder}/part' && mv '{_folder}/part' '{_folder}/opened'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var lines = engine.RunAlone(
            $$"""
            $env:PATH = '{{_folder}}' + [IO.Path]::PathSeparator + $env:PATH
            $env:DISPLAY = ':0'
            Import-Module '{{BuiltModule.Manifest}}'
            $null = Connect-CsCloud -Simulator
            "written: $(@(Enter-CsConsole bastion-01).Count)"
            $limit = [datetime]::UtcNow.AddSeconds(20)
            while (-not (Test-Path '{{_folder}}/opened') -and [datetime]::UtcNow -lt $limit) { Start-Sleep -Milliseconds 20 }
            "passed through: $((Enter-CsConsole bastion-01 -PassThru).VirtualMachine)"
            """,
            "nobody asks");

        Assert.Contains("written: 0", lines);
        Assert.Contains("passed through: bastion-01", lines);
        Assert.Matches(@"^1\|https?://", File.ReadAllText(Path.Combine(_folder, "opened")));
    }
}
