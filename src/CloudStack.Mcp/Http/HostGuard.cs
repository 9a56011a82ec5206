using System.Net;
using CloudStack.Mcp.Server.Results;
using Microsoft.AspNetCore.Http;

namespace CloudStack.Mcp.Http;

/// <summary>
/// Turns away what a web page of somebody else sends: by the name it calls the server by (a name that was rebound to this
/// address stays the page's own), and by the origin that browsers add.
/// </summary>
/// <param name="settings">The names and origins let through.</param>
internal sealed class HostGuard(HttpSettings settings)
{
    // Balancers ask by address, and there is nothing to learn here.
    private const string Health = "/health";

    private readonly bool _local = IPAddress.IsLoopback(settings.Address);
    private readonly HashSet<string> _hosts = new(settings.AllowedHosts, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _origins = new(settings.AllowedOrigins.Select(o => o.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks one request and passes it on.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What serves it.</param>
    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(Health, StringComparison.Ordinal))
        {
            return next(context);
        }

        var host = context.Request.Host;
        if (!AllowsHost(host.Host))
        {
            return Refuse(context, $"This server isn't called '{CleanText.Line(host.Value ?? "", 100)}'", "--allowed-hosts");
        }

        var origin = context.Request.Headers.Origin;
        return !origin.All(o => AllowsOrigin(o ?? ""))
                ? Refuse(context, $"Pages of '{CleanText.Line(origin.ToString(), 100)}' may not call this server", "--allowed-origins")
            : origin is [{ } page] && CrossOrigin.Allow(context, page) ? Task.CompletedTask
            : next(context);
    }

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    // An address can't be rebound: only names can.
    private bool AllowsHost(string host) =>
        IsLocal(host) || _hosts.Contains(host) || (!_local && IPAddress.TryParse(host.Trim('[', ']'), out _));

    private bool AllowsOrigin(string origin) =>
        _origins.Contains(origin)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && IsLocal(uri.Host));

    private static Task Refuse(HttpContext context, string what, string option) =>
        Refusal.Http(StatusCodes.Status403Forbidden, $"{what}; the operator allows it with {option}.").WriteAsync(context);
}
