using Cloud.Core.Catalog;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>A tool's hints, true to the effect of what it does. A cloud is a closed world: nothing beyond it is touched.</summary>
internal static class EffectHints
{
    /// <summary>A tool that changes nothing.</summary>
    public static ToolAnnotations ReadOnly => For(Effect.Read);

    /// <summary>The hints of an effect.</summary>
    /// <param name="effect">The effect.</param>
    public static ToolAnnotations For(Effect effect) => effect == Effect.Read
        ? new ToolAnnotations { ReadOnlyHint = true, IdempotentHint = true, OpenWorldHint = false }
        : new ToolAnnotations
        {
            ReadOnlyHint = false,
            DestructiveHint = effect >= Effect.Disrupt,
            IdempotentHint = false,
            OpenWorldHint = false,
        };
}
