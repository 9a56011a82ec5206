using Cloud.Core.Errors;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Http;
using CloudStack.Mcp.Operation.Clouds;
using CloudStack.Mcp.Server.Tools;
using Microsoft.AspNetCore.Http;

namespace CloudStack.Mcp.Operation;

/// <summary>Gives each connection over HTTP its tools: what its caller may do, and the toolsets that it asks for by <c>?toolsets=</c> or a header.</summary>
/// <param name="access">Knows what callers may do.</param>
/// <param name="usual">The toolsets of a connection that asks for none.</param>
internal sealed class ConnectionTools(CloudAccess access, IReadOnlyCollection<string> usual)
{
    /// <summary>The query's member.</summary>
    public const string Query = "toolsets";

    /// <summary>The header.</summary>
    public const string Header = "X-MCP-Toolsets";

    private const int LongestChoice = 1000;
    private static readonly object Kept = new();

    /// <summary>The tools of a request that has passed <see cref="ChooseAsync"/>.</summary>
    /// <param name="context">The request.</param>
    public IToolTable Of(HttpContext context) =>
        context.Items[Kept] as IToolTable ?? access.ToolsOf(Caller.Of(context.User), usual);

    /// <summary>Reads what a request asks for, and refuses what there isn't.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What serves it.</param>
    public async Task ChooseAsync(HttpContext context, RequestDelegate next)
    {
        string[] asked = [.. context.Request.Query[Query].OfType<string>(), .. context.Request.Headers[Header].OfType<string>()];
        if (asked.Length > 0 && context.Request.Path == HttpSettings.Path)
        {
            try
            {
                context.Items[Kept] = asked.Sum(words => words.Length) <= LongestChoice
                    ? access.ToolsOf(Caller.Of(context.User), asked, check: true)
                    : throw new CloudException(ErrorCause.InvalidArgument, "Too many toolsets are asked for.", "Ask for 'all'.");
            }
            catch (CloudException error) when (error.Cause == ErrorCause.InvalidArgument)
            {
                await Refusal.Http(StatusCodes.Status400BadRequest, $"{error.Message} {error.NextStep}").WriteAsync(context);
                return;
            }
        }

        await next(context);
    }
}
