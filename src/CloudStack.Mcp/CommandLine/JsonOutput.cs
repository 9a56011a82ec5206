using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Writes one JSON value and a line end to standard output, as scripts read it.</summary>
internal static class JsonOutput
{
    /// <summary>A value as text with a line end.</summary>
    /// <param name="write">Writes it.</param>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        using var output = new MemoryStream();
        using (var w = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(w);
        }

        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length) + "\n";
    }

    /// <summary>Writes a value.</summary>
    /// <param name="write">Writes it.</param>
    /// <param name="indented">True for people's eyes.</param>
    public static void Write(Action<Utf8JsonWriter> write, bool indented)
    {
        using var output = Console.OpenStandardOutput();
        using (var w = new Utf8JsonWriter(
            output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = indented }))
        {
            write(w);
        }

        output.Write("\n"u8);
    }
}
