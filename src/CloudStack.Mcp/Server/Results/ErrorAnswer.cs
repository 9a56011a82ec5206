using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Results;

/// <summary>The answer to a failed call: what failed, the server's own text, the cause, and what to do next.</summary>
internal static class ErrorAnswer
{
    private const int LongestText = 2000;

    /// <summary>Makes the answer.</summary>
    /// <param name="error">The error.</param>
    public static ToolAnswer For(CloudException error) => AnswerBuffer.Write(
        w =>
        {
            w.WriteStartObject("error");
            WriteMembers(w, error);
            w.WriteEndObject();
        },
        isError: true);

    /// <summary>Writes an error's members.</summary>
    /// <param name="w">The writer, inside an object.</param>
    /// <param name="error">The error.</param>
    public static void WriteMembers(System.Text.Json.Utf8JsonWriter w, CloudException error)
    {
        w.WriteString("message", CleanText.Line(error.Message, LongestText));
        w.WriteString("cause", error.Cause.ToString());
        Optional(w, "command", error.Command);
        if (error.ServerText is { } server && !error.Message.Contains(server, StringComparison.Ordinal))
        {
            Optional(w, "server", server);
        }

        Optional(w, "http", error.HttpStatus);
        Optional(w, "code", error.ErrorCode);
        Optional(w, "detail", error.DetailCode);
        Optional(w, "job", error.JobId);
        if (error.RetryAfter is { } wait)
        {
            w.WriteNumber("retryAfterSeconds", (long)Math.Ceiling(wait.TotalSeconds));
        }

        w.WriteString("next", CleanText.Line(error.NextStep, LongestText));
    }

    private static void Optional(System.Text.Json.Utf8JsonWriter w, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            w.WriteString(name, CleanText.Line(text, LongestText));
        }
    }

    private static void Optional(System.Text.Json.Utf8JsonWriter w, string name, int? number)
    {
        if (number is { } value)
        {
            w.WriteNumber(name, value);
        }
    }
}
