using Cloud.Core.Catalog;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Writes how a job stands, and what it came to.</summary>
internal static class JobAnswer
{
    /// <summary>Writes the answer.</summary>
    /// <param name="snapshot">How the job stands.</param>
    /// <param name="command">The API name of the command that started it, or null where it isn't known.</param>
    /// <param name="catalog">The catalog.</param>
    public static ToolAnswer Write(JobSnapshot snapshot, string? command, CommandCatalog catalog) => AnswerBuffer.Write(w =>
    {
        var spec = command is null ? null : catalog.FindCommand(command);
        w.WriteString("job", snapshot.JobId);
        if (command is not null)
        {
            w.WriteString("command", command);
        }

        w.WriteString("status", snapshot.Status switch
        {
            JobStatus.Pending => "running",
            JobStatus.Succeeded => "done",
            _ => "failed",
        });
        if (snapshot.Percent is { } percent)
        {
            w.WriteNumber("percent", percent);
        }

        if (snapshot.Text is { Length: > 0 } text)
        {
            w.WriteString("text", CleanText.Line(text, 2000));
        }

        if (snapshot.Result is { } result)
        {
            var writer = new ObjectWriter(catalog, new SecretFields(spec, []));
            SingleResult.Write(w, writer, result.GetJson(), spec is null ? null : catalog.FindResult(spec.Result), null);
        }

        if (snapshot.Error is { } error)
        {
            w.WriteStartObject("error");
            ErrorAnswer.WriteMembers(w, error);
            w.WriteEndObject();
        }
    });
}
