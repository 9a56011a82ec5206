using System.Text.Json;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>One object that came out of a pipeline.</summary>
/// <param name="Json">The object.</param>
/// <param name="IsFromCloud">True where it's the cloud's own, as the last of the cloud's cmdlets wrote it.</param>
internal sealed record PipelineRow(JsonElement Json, bool IsFromCloud);
