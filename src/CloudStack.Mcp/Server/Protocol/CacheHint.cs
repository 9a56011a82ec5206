using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>How long clients may keep an answer, and for whom. The session revisions have no such hints.</summary>
internal static class CacheHint
{
    private static readonly TimeSpan Release = TimeSpan.FromHours(1);
    private static readonly TimeSpan Role = TimeSpan.FromMinutes(10);

    /// <summary>For what is the same for every caller and changes with the program alone.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="context">The request.</param>
    public static T Fixed<T>(T result, MessageContext context) where T : ICacheableResult => Set(result, context, Release, CacheScope.Public);

    /// <summary>For what depends on what the caller may do.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="context">The request.</param>
    public static T OfCaller<T>(T result, MessageContext context) where T : ICacheableResult => Set(result, context, Role, CacheScope.Private);

    /// <summary>For what may be other a moment later.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="context">The request.</param>
    public static T Fleeting<T>(T result, MessageContext context) where T : ICacheableResult => Set(result, context, TimeSpan.Zero, CacheScope.Private);

    private static T Set<T>(T result, MessageContext context, TimeSpan kept, CacheScope scope) where T : ICacheableResult
    {
        if (ProtocolRevision.IsStateless(context.JsonRpcMessage.Context?.ProtocolVersion))
        {
            (result.TimeToLive, result.CacheScope) = (kept, scope);
        }

        return result;
    }
}
