using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudStack.Mcp.Server.Protocol;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Http;

/// <summary>Why a request isn't served: an HTTP status and the protocol's own error.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The JSON-RPC error code.</param>
/// <param name="Message">The cause and the next step.</param>
/// <param name="Data">What the protocol adds to this error, or null.</param>
internal sealed record Refusal(int Status, int Code, string Message, JsonNode? Data = null)
{
    // Of the range that JSON-RPC leaves to servers; clients of the session revisions know the second one.
    private const int ServerError = -32000;
    private const int SessionNotFound = -32001;

    /// <summary>The id of the JSON-RPC request, where it's known.</summary>
    public RequestId Id { get; init; }

    /// <summary>A refusal that only HTTP knows.</summary>
    public static Refusal Http(int status, string message) => new(status, ServerError, message);

    /// <summary>The session ended or never was.</summary>
    public static Refusal NoSuchSession() =>
        new(StatusCodes.Status404NotFound, SessionNotFound, "There is no such session; begin a new one with initialize.");

    /// <summary>A protocol error, sent as a bad request.</summary>
    public static Refusal Bad(McpErrorCode code, string message, JsonNode? data = null) =>
        new(StatusCodes.Status400BadRequest, (int)code, message, data);

    /// <summary>The refusal of this message: it carries the request's id.</summary>
    /// <param name="message">The message, or null where there was none.</param>
    public Refusal Of(JsonRpcMessage? message) => message is JsonRpcRequest request ? this with { Id = request.Id } : this;

    /// <summary>Answers with it.</summary>
    /// <param name="context">The request.</param>
    public async Task WriteAsync(HttpContext context)
    {
        var error = new JsonRpcError { Id = Id, Error = new JsonRpcErrorDetail { Code = Code, Message = Message, Data = Data } };
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        var body = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(body, JsonRpcText.Written))
        {
            JsonSerializer.Serialize(writer, error, JsonRpcText.Form);
        }

        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }
}
