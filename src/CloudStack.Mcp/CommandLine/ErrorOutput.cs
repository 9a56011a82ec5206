using System.Text;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Writes an error to standard error: what failed, the server's own text, the cause, and what to do next.</summary>
internal static class ErrorOutput
{
    private const int LongestText = 2000;

    /// <summary>Writes an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="json">True for one JSON object, as the tools answer it.</param>
    public static void Write(CloudException error, bool json) => Console.Error.WriteLine(
        json ? Encoding.UTF8.GetString(ErrorAnswer.For(error).Json.Span) : Text(error));

    private static string Text(CloudException error)
    {
        var text = new StringBuilder("Error: ").Append(CleanText.Line(error.Message, LongestText));
        if (error.ServerText is { Length: > 0 } server && !error.Message.Contains(server, StringComparison.Ordinal))
        {
            text.AppendLine().Append("Server: ").Append(CleanText.Line(server, LongestText));
        }

        return text
            .AppendLine().Append("Cause: ").Append(error.Cause)
            .AppendLine().Append("Next: ").Append(CleanText.Line(error.NextStep, LongestText))
            .ToString();
    }
}
