using System.Collections.Concurrent;
using Cloud.Core.Catalog;

namespace CloudStack.Simulator.Store;

/// <summary>The result classes of the catalog, prepared on first use.</summary>
internal sealed class Schema(CommandCatalog catalog)
{
    private readonly ConcurrentDictionary<string, EntityClass?> _classes = new(StringComparer.Ordinal);

    public EntityClass? Find(string className) =>
        _classes.GetOrAdd(className, name => catalog.FindResult(name) is { } spec ? new EntityClass(spec) : null);

    /// <exception cref="InvalidOperationException">The catalog has no such class.</exception>
    public EntityClass Of(string className) =>
        Find(className) ?? throw new InvalidOperationException($"The catalog has no result class {className}.");
}
