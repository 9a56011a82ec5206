using System.Net;
using Cloud.Core.Errors;
using CloudStack.Mcp.Http;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Stores;
using CloudStack.Mcp.Telemetry;
using Microsoft.AspNetCore.Http;

namespace CloudStack.Mcp.Authentication;

/// <summary>
/// Lets in who proves who it is by a bearer token or a key. Where the operator named no callers, who works on the same machine
/// is let in, and nobody else.
/// </summary>
/// <param name="checks">The ways to prove it; empty where no callers are named.</param>
/// <param name="resource">Tells clients where to get tokens, or null where none are taken.</param>
/// <param name="hasRole">Tells whether a caller may do anything at all.</param>
/// <param name="record">Puts a refusal on record: from where, and why.</param>
/// <param name="time">The clock.</param>
internal sealed class CallerGate(
    IReadOnlyList<ICredentialCheck> checks, ProtectedResource? resource, Predicate<Caller> hasRole, Func<string, string, Task> record, TimeProvider time)
{
    /// <summary>A header for keys, for clients that can't send bearer tokens.</summary>
    public const string KeyHeader = "X-API-Key";

    private const string Bearer = "Bearer ";
    private const int LongestCredential = 16 * 1024;

    // Whoever guesses is slowed down and doesn't flood the audit trail; who proves who it is never comes here.
    private static readonly RateRule Guesses = new(30, 10, TimeSpan.Zero);

    private readonly MemoryRateCounter _guesses = new(time);

    /// <summary>Lets one request in, or answers it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What serves it.</param>
    public async Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        if (IsOpen(context.Request.Path))
        {
            await next(context);
            return;
        }

        if (checks.Count == 0)
        {
            await (context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
                ? next(context)
                : RefuseAsync(context, StatusCodes.Status403Forbidden, "This server knows no callers, and so serves its own machine only."));
            return;
        }

        try
        {
            if (await ProveAsync(context) is not { } caller)
            {
                await NoteAsync(context);
                await RefuseAsync(context, StatusCodes.Status401Unauthorized, "This server wants a bearer token or a key.");
            }
            else if (!hasRole(caller))
            {
                await RefuseGuessAsync(context, StatusCodes.Status403Forbidden, "No role of this caller lets it do anything here", caller.Name);
            }
            else
            {
                context.User = caller.ToPrincipal();
                await next(context);
            }
        }
        catch (CredentialException error)
        {
            await RefuseGuessAsync(context, StatusCodes.Status401Unauthorized, error.Message, "unknown");
        }
        catch (CloudException error) when (error.Cause == ErrorCause.Unavailable && !context.Response.HasStarted)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "Tokens can't be checked now; the operator finds why with doctor.");
        }
    }

    private static bool IsOpen(PathString path) => path.StartsWithSegments("/health", StringComparison.Ordinal)
        || path.StartsWithSegments(ProtectedResource.WellKnown, StringComparison.Ordinal);

    private static string? Credential(IHeaderDictionary headers) =>
        headers.Authorization.ToString() is { Length: > 0 } authorization
            ? authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? authorization[Bearer.Length..].Trim() : ""
            : headers[KeyHeader].ToString() is { Length: > 0 } key ? key.Trim() : null;

    private async ValueTask<Caller?> ProveAsync(HttpContext context)
    {
        if (Credential(context.Request.Headers) is not { } credential)
        {
            return null;
        }

        if (credential.Length is 0 or > LongestCredential)
        {
            throw new CredentialException("The credential is of no known form");
        }

        foreach (var check in checks)
        {
            if (await check.CheckAsync(credential, context.RequestAborted) is { } caller)
            {
                return caller;
            }
        }

        throw new CredentialException("The credential isn't known");
    }

    // Clients that look for the way to their sign-in begin so; they aren't slowed down.
    private async Task NoteAsync(HttpContext context)
    {
        var from = AddressOf(context);
        if (context.Request.Path == HttpSettings.Path && (await _guesses.TakeAsync("nobody " + from, Guesses, context.RequestAborted)).IsGiven)
        {
            await record("http:" + from, "No credential was shown");
        }
    }

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private async Task RefuseGuessAsync(HttpContext context, int status, string why, string who)
    {
        var from = AddressOf(context);
        var turn = await _guesses.TakeAsync(from, Guesses, context.RequestAborted);
        if (!turn.IsGiven)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(turn.Wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "Too many credentials from this address were refused.");
            return;
        }

        await record(who == "unknown" ? "http:" + from : who, why);
        await RefuseAsync(context, status, why + ".", status == StatusCodes.Status401Unauthorized ? "invalid_token" : "insufficient_scope");
    }

    private Task RefuseAsync(HttpContext context, int status, string message, string? error = null)
    {
        ToolTelemetry.NotLetIn(status);
        if (status == StatusCodes.Status401Unauthorized || error is not null)
        {
            context.Response.Headers.WWWAuthenticate = Challenge(error, message);
        }

        return Refusal.Http(status, message).WriteAsync(context);
    }

    private string Challenge(string? error, string message)
    {
        List<string> parts = [];
        if (resource is not null)
        {
            parts.Add($"resource_metadata=\"{resource.MetadataUrl}\"");
        }

        if (error is not null)
        {
            parts.Add($"error=\"{error}\"");
            parts.Add($"error_description=\"{CleanText.Line(message, 200).Replace('"', '\'').Replace('\\', '/')}\"");
        }

        return parts.Count == 0 ? "Bearer" : "Bearer " + string.Join(", ", parts);
    }
}
