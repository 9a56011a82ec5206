namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>The tests that share one PowerShell process.</summary>
[CollectionDefinition(Name)]
public sealed class EngineCollection : ICollectionFixture<PowerShellEngine>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Engine";
}
