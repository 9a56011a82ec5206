using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.Client;
using CloudStack.Mcp.CommandLine.Coverage;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.CommandLine;

/// <summary>The coverage report says what is built, and the page in the docs says the same.</summary>
public sealed class CoverageTests
{
    private static readonly Lazy<CoverageReport> Report = new(() => CoverageReport.Compute(BuiltModule.Beside));

    [Fact]
    public void Its_figures_are_those_of_the_catalog()
    {
        var commands = CloudStackCatalog.Load().Commands.ToList();
        var total = Report.Value.Total;

        Assert.Equal(commands.Count, total.Commands);
        Assert.Equal(commands.Count(c => c.Cmdlet is not null), total.Cmdlets);
        Assert.Equal(commands.Count, total.Tools);
        Assert.Equal(commands.Sum(c => c.Parameters.Count), total.Parameters);
        Assert.All(total.Effects, effect => Assert.Equal(commands.Count(c => c.Effect.Effect == effect.Key), effect.Value));
        Assert.Equal(
            commands.GroupBy(c => c.Category).ToDictionary(g => g.Key, g => g.Count()),
            Report.Value.Categories.ToDictionary(c => c.Name, c => c.Commands));
    }

    [Fact]
    public void Every_command_is_counted_once_in_each_respect()
    {
        Assert.All(Report.Value.Categories.Append(Report.Value.Total), figures =>
        {
            Assert.Equal(figures.Commands, figures.Effects.Values.Sum());
            Assert.Equal(figures.Commands, figures.Lifecycles + figures.Generic);
            Assert.InRange(figures.Cmdlets, 0, figures.Commands);
            Assert.InRange(figures.Described, 0, figures.Commands);
            Assert.InRange(figures.Explained, 0, figures.Parameters);
        });
        Assert.InRange(Report.Value.Total.Lifecycles, 1, Report.Value.Total.Commands - 1);
    }

    [Fact]
    public void Cmdlets_are_read_from_the_compiled_assembly_with_the_command_each_calls()
    {
        var cmdlets = BuiltModule.Beside.Cmdlets();

        Assert.Contains(new CompiledCmdlet("Get-CsZone", "listZones"), cmdlets);
        Assert.Contains(new CompiledCmdlet("Stop-CsVirtualMachine", "stopVirtualMachine"), cmdlets);
        Assert.Contains(new CompiledCmdlet("Connect-CsCloud", null), cmdlets);
        Assert.Contains("Connect-CsCloud", Report.Value.SessionCmdlets);
    }

    [Fact]
    public void A_cmdlet_that_is_missing_from_the_assembly_is_missing_from_the_count()
    {
        // An assembly without a single cmdlet in the module's place.
        using var folder = new ModuleFolder(File.ReadAllBytes(typeof(CoverageReport).Assembly.Location));

        var report = CoverageReport.Compute(folder.Module);

        Assert.Equal(0, report.Total.Cmdlets);
        Assert.Equal(Report.Value.Total.Tools, report.Total.Tools);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no assembly at all")]
    public void A_module_that_cannot_be_read_is_an_error_with_a_next_step(string? content)
    {
        using var folder = new ModuleFolder(content is null ? null : System.Text.Encoding.UTF8.GetBytes(content));

        var error = Assert.Throws<CloudException>(() => CoverageReport.Compute(folder.Module));

        Assert.Equal(ErrorCause.Local, error.Cause);
        Assert.Contains("CloudStack.PowerShell.dll", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Build or install", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_in_the_docs_is_a_fresh_count()
    {
        var page = Path.Combine(TestPaths.Root, "docs", "coverage.md");
        var fresh = CoverageMarkdown.Write(Report.Value) + SearchSection();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(page, fresh);
            return;
        }

        var written = (await File.ReadAllTextAsync(page)).ReplaceLineEndings("\n");

        Assert.True(
            written == fresh,
            "docs/coverage.md is out of date. Write it again: UPDATE_SNAPSHOTS=1 dotnet test tests/CloudStack.Mcp.Tests --filter FullyQualifiedName~CoverageTests");
    }

    // The ranking's own test keeps these rows true; the page only repeats them.
    private static string SearchSection()
    {
        var rows = File.ReadLines(Path.Combine(TestPaths.Root, "docs", "search.md")).Where(line => line.StartsWith('|'));
        return $"\n## Finding commands by plain questions\n\n{string.Concat(rows.Select(row => row + "\n"))}";
    }

    [Fact]
    public async Task Scripts_get_one_JSON_object()
    {
        using var run = new ProgramRun();

        var exit = await run.RunAsync("coverage", "--json");

        Assert.Equal(("", 0), (run.Error, exit));
        var json = JsonElement.Parse(run.Output);
        Assert.Equal(Report.Value.Total.Commands, json.GetProperty("total").GetProperty("commands").GetInt32());
        Assert.Equal(Report.Value.Total.Lifecycles, json.GetProperty("total").GetProperty("simulatorLifecycles").GetInt32());
        Assert.Equal(
            Report.Value.Categories.Select(c => (c.Name, c.Cmdlets)),
            json.GetProperty("categories").EnumerateArray().Select(c => (c.GetProperty("name").GetString()!, c.GetProperty("cmdlets").GetInt32())));
    }

    [Fact]
    public async Task Two_formats_at_once_are_refused()
    {
        using var run = new ProgramRun();

        var exit = await run.RunAsync("coverage", "--json", "--markdown");

        Assert.Equal(1, exit);
        Assert.Equal("", run.Output);
        Assert.Contains("Give one of them.", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A module folder with an assembly of the test's choice.</summary>
    private sealed class ModuleFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudstack-test-");

        public ModuleFolder(byte[]? assembly)
        {
            Module = new BuiltModule(_folder.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(Module.Assembly)!);
            if (assembly is not null)
            {
                File.WriteAllBytes(Module.Assembly, assembly);
            }
        }

        public BuiltModule Module { get; }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
