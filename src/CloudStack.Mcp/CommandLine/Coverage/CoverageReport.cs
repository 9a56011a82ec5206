using Cloud.Core.Catalog;
using CloudStack.Mcp.Server.Manifest;
using CloudStack.Simulator;
using CloudStackCatalog = CloudStack.Client.CloudStackCatalog;

namespace CloudStack.Mcp.CommandLine.Coverage;

/// <summary>What is built, counted in what was built: the catalog, the module's assembly, the tool manifest, the simulator.</summary>
/// <param name="Categories">The categories by name.</param>
/// <param name="SessionCmdlets">Cmdlets beside those of the commands, such as <c>Connect-CsCloud</c>.</param>
/// <param name="Aliases">Tool names of older servers that are understood.</param>
internal sealed record CoverageReport(
    IReadOnlyList<CategoryCoverage> Categories, IReadOnlyList<string> SessionCmdlets, int Aliases)
{
    /// <summary>All categories together.</summary>
    public CategoryCoverage Total { get; } = CategoryCoverage.Sum(Categories);

    /// <summary>Counts.</summary>
    /// <param name="module">The built module.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">The module can't be read.</exception>
    public static CoverageReport Compute(BuiltModule module)
    {
        var catalog = CloudStackCatalog.Load();
        var manifest = new ToolManifest();
        var tools = manifest.Tools.Select(tool => tool.Command).ToHashSet(StringComparer.Ordinal);
        var cmdlets = module.Cmdlets();
        var called = cmdlets.Where(c => c.ApiCommand is not null).ToDictionary(c => c.ApiCommand!, c => c.Name, StringComparer.Ordinal);
        using var cloud = new SimulatedCloud();
        var categories = catalog.Commands
            .GroupBy(command => command.Category, StringComparer.Ordinal)
            .OrderBy(category => category.Key, StringComparer.Ordinal)
            .Select(category => Count(category.Key, [.. category], called, tools, cloud))
            .ToList();
        var session = cmdlets.Where(c => c.ApiCommand is null).Select(c => c.Name).Order(StringComparer.Ordinal).ToList();
        return new CoverageReport(categories, session, manifest.AliasNames.Count);
    }

    private static CategoryCoverage Count(
        string name, List<CommandSpec> commands, Dictionary<string, string> called, HashSet<string> tools, SimulatedCloud cloud)
    {
        var parameters = commands.SelectMany(command => command.Parameters).ToList();
        var lifecycles = commands.Count(command => cloud.HasLifecycle(command.Name));
        return new CategoryCoverage
        {
            Name = name,
            Commands = commands.Count,
            Cmdlets = commands.Count(command => called.GetValueOrDefault(command.Name) is { } cmdlet && cmdlet == command.Cmdlet),
            Tools = commands.Count(command => tools.Contains(command.Name)),
            Described = commands.Count(command => command.Synopsis.Length > 0 && command.Description.Length > 0),
            Examples = commands.Count(command => command.Examples.Count > 0),
            Parameters = parameters.Count,
            Explained = parameters.Count(parameter => parameter.Explanation.Length > 0),
            Effects = Enum.GetValues<Effect>().ToDictionary(effect => effect, effect => commands.Count(c => c.Effect.Effect == effect)),
            Lifecycles = lifecycles,
            Generic = commands.Count - lifecycles,
        };
    }
}
