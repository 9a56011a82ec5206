namespace CloudStack.Mcp.Tests.Shipping;

/// <summary>Tests that pack or publish: they write to the same folders of the project, so they take turns.</summary>
[CollectionDefinition(Name)]
public sealed class SdkCollection
{
    public const string Name = "packs and publishes";
}
