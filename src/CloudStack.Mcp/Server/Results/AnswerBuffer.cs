using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Results;

/// <summary>The one JSON setup of all answers: compact, and no escapes but those JSON needs.</summary>
internal static class AnswerBuffer
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes an answer.</summary>
    /// <param name="write">Writes the members of the answer's object.</param>
    /// <param name="isError">True where the call failed.</param>
    public static ToolAnswer Write(Action<Utf8JsonWriter> write, bool isError = false)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var w = new Utf8JsonWriter(buffer, Options))
        {
            w.WriteStartObject();
            write(w);
            w.WriteEndObject();
        }

        return new ToolAnswer(buffer.WrittenMemory, isError);
    }

    /// <summary>Writes a value to bytes of its own, to see how long it is.</summary>
    /// <param name="write">Writes one JSON value.</param>
    public static ReadOnlyMemory<byte> Measure(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Append(buffer, write);
        return buffer.WrittenMemory;
    }

    /// <summary>Writes a value behind others.</summary>
    /// <param name="buffer">The bytes so far.</param>
    /// <param name="write">Writes one JSON value.</param>
    public static void Append(IBufferWriter<byte> buffer, Action<Utf8JsonWriter> write)
    {
        using var w = new Utf8JsonWriter(buffer, Options);
        write(w);
    }
}
