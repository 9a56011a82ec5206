using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudStack.Mcp.Http;

/// <summary>What requests and answers say of event streams.</summary>
internal static class EventStream
{
    /// <summary>The media type.</summary>
    public const string Type = "text/event-stream";

    /// <summary>True where a request takes a media type.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="type">The media type.</param>
    public static bool Accepts(IHeaderDictionary headers, string type) =>
        headers.Accept.Any(value => value is not null && (value.Contains(type, StringComparison.OrdinalIgnoreCase) || value.Contains("*/*", StringComparison.Ordinal)));

    /// <summary>Makes the answer a stream.</summary>
    /// <param name="context">The request.</param>
    public static void Begin(HttpContext context)
    {
        context.Response.ContentType = Type;
        context.Response.Headers.CacheControl = "no-cache, no-store";

        // Proxies must pass each event on as it comes.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    /// <summary>Refuses a request's method.</summary>
    /// <param name="context">The request.</param>
    /// <param name="allowed">The methods there are.</param>
    public static Task RefuseMethodAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return Refusal.Http(StatusCodes.Status405MethodNotAllowed, $"This address takes {allowed}.").WriteAsync(context);
    }
}
