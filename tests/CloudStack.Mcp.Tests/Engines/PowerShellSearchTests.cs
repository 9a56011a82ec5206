using Cloud.Core.Errors;
using CloudStack.Mcp.CommandLine.Coverage;
using CloudStack.Mcp.Engines.PowerShell;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>How an installed PowerShell and the module are found, and why one isn't taken.</summary>
public sealed class PowerShellSearchTests : IDisposable
{
    private static readonly Version Runtime = Environment.Version;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudstack-test-");

    [Fact]
    public void Where_none_is_installed_the_error_says_where_was_looked_and_what_to_do()
    {
        var error = Assert.Throws<CloudException>(() => new PowerShellSearch(null, _folder.FullName, []).Find(Runtime));

        Assert.Equal(ErrorCause.Local, error.Cause);
        Assert.Contains("PATH", error.Message, StringComparison.Ordinal);
        Assert.Contains(PowerShellSearch.Variable, error.NextStep, StringComparison.Ordinal);
        Assert.Contains("--engine direct", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_operator_names_is_the_only_choice()
    {
        var named = Path.Combine(_folder.FullName, "nowhere");

        var error = Assert.Throws<CloudException>(
            () => new PowerShellSearch(named, Environment.GetEnvironmentVariable("PATH"), [_folder.FullName]).Find(Runtime));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_too_old_is_named_with_its_version()
    {
        // Any assembly of a low version does for an old engine.
        File.Copy(typeof(PowerShellSearchTests).Assembly.Location, Path.Combine(_folder.FullName, "System.Management.Automation.dll"));

        var error = Assert.Throws<CloudException>(() => new PowerShellSearch(null, null, [_folder.FullName]).Find(Runtime));

        Assert.Contains("7.4 or later is needed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_cannot_be_read_is_said_to_be_so()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "System.Management.Automation.dll"), "no assembly");

        var error = Assert.Throws<CloudException>(() => new PowerShellSearch(_folder.FullName, null, []).Find(Runtime));

        Assert.Contains("can't be read", error.Message, StringComparison.Ordinal);
    }

    [HostedFact]
    public void One_that_needs_a_newer_runtime_is_refused_with_both_versions()
    {
        var home = PowerShellSearch.Here.Find(Runtime);

        var error = Assert.Throws<CloudException>(() => PowerShellHome.Open(home.Folder, new Version(6, 0)));

        Assert.Contains("needs .NET", error.Message, StringComparison.Ordinal);
        Assert.Contains("runs on .NET 6.0", error.Message, StringComparison.Ordinal);
    }

    [HostedFact]
    public void It_is_found_by_its_program_by_a_link_to_it_and_by_a_script_that_starts_it()
    {
        var home = PowerShellSearch.Here.Find(Runtime).Folder;
        var program = Path.Combine(home, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");

        Assert.Equal(home, new PowerShellSearch(program, null, []).Find(Runtime).Folder);
        Assert.Equal(home, new PowerShellSearch(home, null, []).Find(Runtime).Folder);
        if (!OperatingSystem.IsWindows())
        {
            var links = _folder.CreateSubdirectory("links").FullName;
            File.CreateSymbolicLink(Path.Combine(links, "pwsh"), program);
            var scripts = _folder.CreateSubdirectory("scripts").FullName;
            File.WriteAllText(Path.Combine(scripts, "pwsh"), $"#!/bin/sh\nexec {program} \"$@\"\n");

            Assert.Equal(home, new PowerShellSearch(null, links, []).Find(Runtime).Folder);
            Assert.Equal(home, new PowerShellSearch(null, scripts, []).Find(Runtime).Folder);
        }
    }

    [Fact]
    public void The_module_beside_the_program_is_taken()
    {
        var version = typeof(ModuleSearch).Assembly.GetName().Version!;

        Assert.Equal(BuiltModule.Beside, new ModuleSearch(null, BuiltModule.Beside, null, version).Find());
    }

    [Fact]
    public void A_module_of_another_version_is_refused_with_both_versions()
    {
        var error = Assert.Throws<CloudException>(() => new ModuleSearch(null, BuiltModule.Beside, null, new Version(99, 1, 2)).Find());

        Assert.Contains(BuiltModule.Beside.Version()!, error.Message, StringComparison.Ordinal);
        Assert.Contains("this server 99.1.2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_is_found_in_the_folders_of_PSModulePath()
    {
        var modules = Path.GetDirectoryName(BuiltModule.Beside.Folder)!;
        var version = typeof(ModuleSearch).Assembly.GetName().Version!;

        Assert.Equal(
            BuiltModule.Beside.Folder,
            new ModuleSearch(null, new BuiltModule(_folder.FullName), $"{_folder.FullName}{Path.PathSeparator}{modules}", version).Find().Folder);
        Assert.Throws<CloudException>(() => new ModuleSearch(_folder.FullName, BuiltModule.Beside, modules, version).Find());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
