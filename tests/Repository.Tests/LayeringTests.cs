using System.Xml.Linq;

namespace Repository.Tests;

/// <summary>The layers of docs/architecture.md: data flows one way, and nothing in a lower row knows a higher one.</summary>
public sealed class LayeringTests
{
    private static readonly Dictionary<string, (string Framework, string[] Projects, string[] Packages)> Rows = new()
    {
        ["Cloud.Core"] = ("net8.0", [], ["Polly.Core"]),
        ["CloudStack.Client"] = ("net8.0", ["Cloud.Core"], ["Polly.Core"]),
        ["CloudStack.Simulator"] = ("net8.0", ["Cloud.Core"], []),
        ["CloudStack.PowerShell.Loading"] = ("net8.0", [], ["PowerShellStandard.Library"]),
        ["CloudStack.PowerShell"] = ("net8.0", ["Cloud.Core", "CloudStack.Client", "CloudStack.Simulator"], ["PowerShellStandard.Library"]),
        ["CloudStack.PowerShell.Hosting"] = ("net10.0", ["Cloud.Core", "CloudStack.PowerShell"], ["PowerShellStandard.Library"]),
        ["CloudStack.Mcp"] = (
            "net10.0",
            ["Cloud.Core", "CloudStack.Client", "CloudStack.Simulator", "CloudStack.PowerShell.Hosting"],
            ["ModelContextProtocol.Core", "System.CommandLine", "Spectre.Console", "Npgsql", "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "Microsoft.PowerShell.SDK"]),
        ["Catalog.Compiler"] = ("net10.0", ["Cloud.Core"], ["System.Reflection.MetadataLoadContext"]),
    };

    public static TheoryData<string> Projects => [.. Rows.Keys];

    [Fact]
    public void Every_source_project_has_a_row() => Assert.Equal(
        Rows.Keys.Order(StringComparer.Ordinal),
        Checkout.Files("*.csproj").Where(p => p.StartsWith("src/", StringComparison.Ordinal))
            .Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_its_row_allows(string project)
    {
        var (framework, projects, packages) = Rows[project];
        var file = XDocument.Parse(Checkout.Read($"src/{project}/{project}.csproj"));

        Assert.Equal(framework, file.Descendants("TargetFramework").Single().Value);
        Assert.Empty(Linked(file, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/'))).Except(projects));
        Assert.Empty(Linked(file, "PackageReference").Except(packages));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_built_assembly_references_only_what_its_row_allows(string project)
    {
        var (_, projects, packages) = Rows[project];
        var ours = Rows.Keys.Append("cloudstack-mcp").Append("catalog-compiler").ToHashSet();
        var assemblies = Built(project);

        Assert.NotEmpty(assemblies);
        Assert.All(assemblies, assembly =>
        {
            var references = References(assembly);
            Assert.Empty(references.Where(ours.Contains).Except(projects));

            // PowerShell's own assembly is there only where an installed one was found.
            Assert.True(packages.Contains("PowerShellStandard.Library") || !references.Contains("System.Management.Automation"));
        });
    }

    [Fact]
    public void The_core_has_no_word_of_any_provider_or_face()
    {
        string[] words = ["CloudStack", "Proxmox", "PSCmdlet", "ModelContextProtocol", "System.Management.Automation"];

        var found = Checkout.Files("*.cs").Where(p => p.StartsWith("src/Cloud.Core/", StringComparison.Ordinal))
            .SelectMany(p => Code(p).Where(line => words.Any(w => line.Contains(w, StringComparison.Ordinal))).Select(line => $"{p}: {line.Trim()}"));

        Assert.Empty(found);
    }

    [Fact]
    public void Every_package_has_one_exact_version()
    {
        var versions = XDocument.Parse(Checkout.Read("Directory.Packages.props")).Descendants("PackageVersion").ToList();

        Assert.All(versions, v => Assert.Matches(@"^\d+(\.\d+){1,3}(-[0-9A-Za-z.-]+)?$", v.Attribute("Version")!.Value));
        Assert.Equal(versions.Count, versions.Select(v => v.Attribute("Include")!.Value).Distinct().Count());
    }

    // References that only order the build carry ReferenceOutputAssembly=false and give the code nothing to know.
    private static IEnumerable<string> Linked(XDocument file, string element) => file.Descendants(element)
        .Where(e => (string?)e.Attribute("ReferenceOutputAssembly") != "false")
        .Select(e => e.Attribute("Include")?.Value)
        .OfType<string>();

    private static string[] Built(string project)
    {
        var output = Path.Combine(Checkout.Root, "src", project, "bin");
        var name = project == "CloudStack.Mcp" ? "cloudstack-mcp" : project == "Catalog.Compiler" ? "catalog-compiler" : project;
        return Directory.Exists(output)
            ? [.. Directory.GetFiles(output, name + ".dll", SearchOption.AllDirectories).Where(f => !f.Contains("/ref/", StringComparison.Ordinal))]
            : [];
    }

    private static List<string> References(string assembly)
    {
        using var stream = File.OpenRead(assembly);
        using var file = new System.Reflection.PortableExecutable.PEReader(stream);
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file);
        return [.. metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name))];
    }

    private static IEnumerable<string> Code(string path) =>
        Checkout.Read(path).Split('\n').Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal));
}
