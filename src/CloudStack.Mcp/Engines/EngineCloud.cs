using Cloud.Core.Operations;

namespace CloudStack.Mcp.Engines;

/// <summary>The cloud that an engine works on.</summary>
/// <param name="Runner">Runs operations; made when first needed.</param>
/// <param name="Provider">The cloud, opened when first needed.</param>
/// <param name="Profile">The connection's name, for the audit trail.</param>
internal sealed record EngineCloud(Lazy<OperationRunner> Runner, Lazy<ICloudProvider> Provider, string Profile);
