using Microsoft.AspNetCore.Http;

namespace CloudStack.Mcp.Http;

/// <summary>Tells a browser that a page which may call this server may, and may read the answer (CORS).</summary>
internal static class CrossOrigin
{
    private const string Readable = $"{McpEndpoint.SessionHeader}, WWW-Authenticate, Retry-After";
    private const string KeptSeconds = "600";

    /// <summary>Says so for one answer.</summary>
    /// <param name="context">The request of a page whose origin was checked.</param>
    /// <param name="origin">The origin.</param>
    /// <returns>True where the browser only asks whether it may, which is answered now.</returns>
    public static bool Allow(HttpContext context, string origin)
    {
        var (asked, answer) = (context.Request.Headers, context.Response.Headers);
        answer.AccessControlAllowOrigin = origin;
        answer.AccessControlExposeHeaders = Readable;
        answer.Vary = "Origin";
        if (!HttpMethods.IsOptions(context.Request.Method) || asked.AccessControlRequestMethod.Count == 0)
        {
            return false;
        }

        answer.AccessControlAllowMethods = "GET, POST, DELETE";
        answer.AccessControlAllowHeaders = asked.AccessControlRequestHeaders;
        answer.AccessControlMaxAge = KeptSeconds;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
