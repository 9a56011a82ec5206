namespace CloudStack.Mcp.Engines;

/// <summary>
/// An engine that hosts PowerShell. Nothing else names its class, so that PowerShell's assemblies are asked for only
/// where they can be found.
/// </summary>
internal interface IHostedEngine : IEngine, IDisposable
{
    /// <summary>Loads what the first call would wait for, on this thread.</summary>
    void Warm();
}
