using Catalog.Compiler.Loading;
using Cloud.Core.Catalog;

namespace Catalog.Compiler;

/// <summary>The whole catalog, read and checked: what every emitter starts from.</summary>
/// <param name="Commands">The commands, sorted as in the facts.</param>
/// <param name="Results">The result classes, sorted as in the facts.</param>
/// <param name="Categories">The categories in reading order.</param>
/// <param name="Aliases">Tool names of other servers, sorted.</param>
/// <param name="Words">Our words; examples and field explanations are only here.</param>
/// <param name="Search">How people speak of what the commands do.</param>
internal sealed record CompiledCatalog(
    IReadOnlyList<CommandSpec> Commands,
    IReadOnlyList<ResultSpec> Results,
    IReadOnlyList<Category> Categories,
    IReadOnlyList<ToolAlias> Aliases,
    Words Words,
    SearchWords Search)
{
    private readonly Dictionary<string, ResultSpec> _results = Results.ToDictionary(r => r.Class, StringComparer.Ordinal);

    /// <summary>Finds a result class by the server's name for it.</summary>
    /// <exception cref="KeyNotFoundException">There is none; a loaded catalog refers to none that isn't there.</exception>
    public ResultSpec Result(string className) => _results[className];

    /// <summary>Tells whether a name may stand in place of a parameter's identifier.</summary>
    public bool CanBeNamed(ParameterSpec parameter) => parameter.Entity is { } entity && Result(entity).Finder is not null;
}
