using System.Text.Json;
using System.Text.Json.Nodes;
using CloudStack.Mcp.Server.Protocol;
using CloudStack.Mcp.Server.Results;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Http;

/// <summary>What a revision asks of a request's headers and metadata before it's served.</summary>
internal static class RevisionRules
{
    /// <summary>The header that names the revision.</summary>
    public const string RevisionHeader = "MCP-Protocol-Version";

    private const string MethodHeader = "Mcp-Method";
    private const string NameHeader = "Mcp-Name";
    private const string MetaKey = "_meta";
    private const int LongestEcho = 100;

    // The stateless revisions have other ways for these.
    private static readonly HashSet<string> Removed =
        ["initialize", "ping", "logging/setLevel", RequestMethods.ResourcesSubscribe, RequestMethods.ResourcesUnsubscribe];

    /// <summary>The revision that the headers name, or null where they name none.</summary>
    /// <param name="headers">The request's headers.</param>
    public static string? RevisionOf(IHeaderDictionary headers) => headers[RevisionHeader].ToString() is { Length: > 0 } revision ? revision : null;

    /// <summary>Checks the header that names the revision.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="spoken">The revisions that the caller may choose from.</param>
    /// <returns>The refusal, or null where the header may be.</returns>
    public static Refusal? CheckRevision(IHeaderDictionary headers, IReadOnlyList<string> spoken)
    {
        if (RevisionOf(headers) is not { } revision || ProtocolRevision.All.Contains(revision))
        {
            return null;
        }

        var data = new UnsupportedProtocolVersionErrorData { Supported = [.. spoken], Requested = CleanText.Line(revision, LongestEcho) };
        return Refusal.Bad(
            McpErrorCode.UnsupportedProtocolVersion,
            $"The protocol revision '{data.Requested}' isn't spoken here; use one of {string.Join(", ", spoken)}.",
            JsonSerializer.SerializeToNode(data, McpJsonUtilities.DefaultOptions));
    }

    /// <summary>Checks a message against the revision that it and its headers name.</summary>
    /// <returns>The refusal, or null where the message may be served.</returns>
    public static Refusal? Check(IHeaderDictionary headers, JsonRpcMessage message)
    {
        try
        {
            return CheckTree(headers, message);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            return Refusal.Bad(McpErrorCode.InvalidRequest, "The body has a key twice, or a text that is no Unicode.");
        }
    }

    private static Refusal? CheckTree(IHeaderDictionary headers, JsonRpcMessage message)
    {
        var (method, parameters) = message switch
        {
            JsonRpcRequest request => (request.Method, request.Params as JsonObject),
            JsonRpcNotification notification => (notification.Method, notification.Params as JsonObject),
            _ => (null, null),
        };
        var meta = parameters?[MetaKey] as JsonObject;
        var named = Text(meta, MetaKeys.ProtocolVersion);

        // Who names a revision in the body can't go back to a handshake.
        if (CheckRevision(headers, named is null ? ProtocolRevision.All : ProtocolRevision.Stateless) is { } unspoken)
        {
            return unspoken;
        }

        if (method is null)
        {
            return null;
        }

        var revision = RevisionOf(headers);
        if (method == RequestMethods.Initialize && revision is not null && Text(parameters, "protocolVersion") is { } wanted && wanted != revision)
        {
            return Mismatch(RevisionHeader, "the body's protocolVersion");
        }

        if (!ProtocolRevision.IsStateless(revision) && !ProtocolRevision.IsStateless(named))
        {
            return null;
        }

        if (revision is null)
        {
            return Refusal.Bad(McpErrorCode.HeaderMismatch, $"The header {RevisionHeader} is missing; the body's metadata name {CleanText.Line(named!, LongestEcho)}.");
        }

        if (named is not null && named != revision)
        {
            return Mismatch(RevisionHeader, $"the body's {MetaKey}/{MetaKeys.ProtocolVersion}");
        }

        return CheckMetadata(message, meta, named) ?? CheckNames(headers, method, parameters) ?? CheckMethod(message, method, revision);
    }

    // A notification has nobody to tell, so that a poor one is served as far as it goes.
    private static Refusal? CheckMetadata(JsonRpcMessage message, JsonObject? meta, string? named) =>
        message is not JsonRpcRequest ? null
        : named is null ? Missing(MetaKeys.ProtocolVersion, "a text")
        : meta?[MetaKeys.ClientCapabilities] is not JsonObject ? Missing(MetaKeys.ClientCapabilities, "an object")
        : null;

    private static Refusal? CheckNames(IHeaderDictionary headers, string method, JsonObject? parameters)
    {
        if (headers[MethodHeader].ToString() is not { Length: > 0 } said)
        {
            return Refusal.Bad(McpErrorCode.HeaderMismatch, $"The header {MethodHeader} is missing; it repeats the body's method.");
        }

        if (said.Trim() != method)
        {
            return Mismatch(MethodHeader, "the body's method");
        }

        var key = method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
            RequestMethods.ResourcesRead => "uri",
            TaskWords.Get or TaskWords.Update or TaskWords.Cancel => TaskWords.Id,
            _ => null,
        };
        return key is null ? null
            : headers[NameHeader].ToString() is not { Length: > 0 } name
                ? Refusal.Bad(McpErrorCode.HeaderMismatch, $"The header {NameHeader} is missing; it repeats the body's {key}.")
            : McpHeaderEncoder.DecodeValue(name.Trim()) != Text(parameters, key) ? Mismatch(NameHeader, $"the body's {key}")
            : null;
    }

    private static Refusal? CheckMethod(JsonRpcMessage message, string method, string revision) =>
        message is JsonRpcRequest && Removed.Contains(method)
            ? new Refusal(StatusCodes.Status404NotFound, (int)McpErrorCode.MethodNotFound, $"'{method}' isn't part of revision {revision}.")
            : null;

    private static string? Text(JsonObject? from, string key) =>
        from?[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static Refusal Mismatch(string header, string body) =>
        Refusal.Bad(McpErrorCode.HeaderMismatch, $"The header {header} and {body} differ; send the same in both.");

    private static Refusal Missing(string key, string form) =>
        Refusal.Bad(McpErrorCode.InvalidParams, $"Every request of this revision has '{MetaKey}/{key}', {form}.");
}
