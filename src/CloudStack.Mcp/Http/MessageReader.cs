using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Http;

/// <summary>Reads the one JSON-RPC message of a request's body.</summary>
internal static class MessageReader
{
    private static readonly JsonTypeInfo<JsonRpcMessage> Form =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Reads it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The message, or why there is none.</returns>
    public static async Task<(JsonRpcMessage? Message, Refusal? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return (null, Refusal.Http(StatusCodes.Status415UnsupportedMediaType, "Send the message with Content-Type: application/json."));
        }

        try
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            while (!read.IsCompleted)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                read = await request.BodyReader.ReadAsync(cancellationToken);
            }

            var result = Parse(read.Buffer);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            return result;
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Refusal.Http(error.StatusCode, "The message is larger than this server takes; send less at once."));
        }
        catch (BadHttpRequestException error)
        {
            return (null, Refusal.Http(error.StatusCode, "The body didn't arrive whole; send the request again."));
        }
    }

    private static (JsonRpcMessage?, Refusal?) Parse(in ReadOnlySequence<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (JsonSerializer.Deserialize(ref reader, Form) is { } message && !reader.Read())
            {
                return (message, null);
            }
        }
        catch (JsonException)
        {
            // What is wrong is found below.
        }

        return (null, IsJson(body)
            ? Refusal.Bad(McpErrorCode.InvalidRequest, "The body is no JSON-RPC message; send one request, notification or response, and no array of them.")
            : Refusal.Bad(McpErrorCode.ParseError, "The body is no JSON, or is nested too deep."));
    }

    private static bool IsJson(in ReadOnlySequence<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
            }

            return !body.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
