using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>Reads JSON-RPC messages, and says what is wrong with a text that is none.</summary>
internal static class JsonRpcText
{
    /// <summary>How messages are written and read.</summary>
    public static JsonTypeInfo<JsonRpcMessage> Form { get; } =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>No escapes but those JSON needs: each quote in a tool's text would else take six bytes.</summary>
    public static JsonWriterOptions Written { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the one message of a text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <returns>The message, or the error that answers the text.</returns>
    public static (JsonRpcMessage? Message, JsonRpcError? Error) Parse(in ReadOnlySequence<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            if (JsonSerializer.Deserialize(ref reader, Form) is { } message && !reader.Read())
            {
                return (message, null);
            }
        }
        catch (JsonException)
        {
            // What is wrong is found below.
        }

        return (null, IsJson(text)
            ? Error(
                FindId(text),
                McpErrorCode.InvalidRequest,
                "This is no JSON-RPC message; send one request, notification or response, and no array of them.")
            : Error(FindId(text), McpErrorCode.ParseError, "This is no JSON, or is nested too deep."));
    }

    /// <summary>An error that answers a message.</summary>
    /// <param name="id">The message's id, where it's known.</param>
    /// <param name="code">The protocol's code.</param>
    /// <param name="message">The cause and the next step.</param>
    public static JsonRpcError Error(RequestId id, McpErrorCode code, string message) =>
        new() { Id = id, Error = new JsonRpcErrorDetail { Code = (int)code, Message = message } };

    /// <summary>Finds the id in a message that is broken or cut off, so that whoever waits for its answer hears of it.</summary>
    /// <param name="text">The message or its beginning, UTF-8.</param>
    /// <returns>The id, or none.</returns>
    public static RequestId FindId(in ReadOnlySequence<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("id"u8) && reader.Read())
                {
                    return reader.TokenType switch
                    {
                        JsonTokenType.String => new RequestId(reader.GetString()!),
                        JsonTokenType.Number when reader.TryGetInt64(out var number) => new RequestId(number),
                        _ => default,
                    };
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The id wasn't before the fault.
        }

        return default;
    }

    private static bool IsJson(in ReadOnlySequence<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
            }

            return !text.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
