using Cloud.Core.Catalog;
using CloudStack.Mcp.Server.Limits;

namespace CloudStack.Mcp.Operation.Access;

/// <summary>What is let through, as an operator writes it.</summary>
/// <param name="ReadOnly">Only reads.</param>
/// <param name="Allow">Effects, categories and commands let through; empty for all.</param>
/// <param name="Deny">Effects, categories and commands kept back.</param>
internal sealed record LimitRule(bool ReadOnly, IReadOnlyList<string> Allow, IReadOnlyList<string> Deny)
{
    /// <summary>No limit.</summary>
    public static LimitRule None { get; } = new(false, [], []);

    /// <summary>Reads it.</summary>
    /// <param name="catalog">Knows categories and commands; only read where there are lists.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">An entry names no effect, category or command.</exception>
    public OperatorLimit Read(Func<CommandCatalog> catalog) => OperatorLimit.Create(ReadOnly, Allow, Deny, catalog);
}
