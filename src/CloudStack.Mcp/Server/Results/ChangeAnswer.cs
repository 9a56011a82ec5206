using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Writes what a change came to, or what it waits for.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="command">The command.</param>
/// <param name="arguments">Its arguments as they were given.</param>
/// <param name="host">What the operation left behind.</param>
internal sealed class ChangeAnswer(
    CommandCatalog catalog, CommandSpec command, IReadOnlyDictionary<string, object?> arguments, CallHost host)
{
    private const int LongestLine = 400;

    /// <summary>The cmdlet call that does the same.</summary>
    public string Line => PowerShellLine.For(command, arguments);

    /// <summary>The change is done, or was declined.</summary>
    /// <param name="outcome">How it ended.</param>
    public ToolAnswer Ended(OperationOutcome outcome) => AnswerBuffer.Write(w =>
    {
        Begin(w, outcome.Status switch
        {
            OperationStatus.Completed => "done",
            OperationStatus.Declined => "declined; nothing was changed",
            OperationStatus.JobStarted => "running",
            _ => "not done",
        });
        Optional(w, "job", outcome.JobId);
        Optional(w, "text", outcome.Text);
        if (host.Objects.Count > 0)
        {
            var writer = new ObjectWriter(catalog, new SecretFields(command, []));
            SingleResult.Write(w, writer, host.Objects[0].GetJson(), catalog.FindResult(command.Result), null);
        }

        Warnings(w);
        if (outcome.Status is OperationStatus.Completed or OperationStatus.JobStarted)
        {
            w.WriteString("powershell", Line);
        }
    });

    /// <summary>The job goes on.</summary>
    /// <param name="jobId">The job.</param>
    public ToolAnswer Running(string jobId) => AnswerBuffer.Write(w =>
    {
        Begin(w, "running");
        w.WriteString("job", jobId);
        w.WriteString("next", "The job goes on. Ask for it with cloud_job, with wait to follow it.");
        w.WriteString("powershell", Line);
    });

    /// <summary>Nothing is done yet: the change has to be confirmed.</summary>
    /// <param name="offer">What the call brought along.</param>
    /// <param name="lifetime">How long the token is good.</param>
    public ToolAnswer NotConfirmed(ConfirmationOffer offer, TimeSpan lifetime)
    {
        var question = host.Question!;
        return AnswerBuffer.Write(w =>
        {
            Begin(w, "not confirmed; nothing was changed");
            w.WriteString("effect", command.Effect.Effect.ToString().ToLowerInvariant());
            w.WriteBoolean("reversible", command.Effect.Reversible);
            w.WriteString("reach", command.Effect.Blast.ToString().ToLowerInvariant());
            Optional(w, "warning", command.Effect.Warning);
            w.WriteString("target", CleanText.Line(question.TargetText, LongestLine));
            w.WriteStartObject("arguments");
            foreach (var (name, value) in question.Arguments)
            {
                w.WriteString(name, CleanText.Line(ArgumentText.Of(value), LongestLine));
            }

            w.WriteEndObject();
            if (host.Decision!.Token is { } token)
            {
                w.WriteString("token", token);
                w.WriteNumber("tokenExpiresInSeconds", (long)lifetime.TotalSeconds);
                w.WriteString("next", question.TypedText is null
                    ? $"Show this to the person. If they agree, call {offer.Tool} again with the same arguments and 'confirm' set to the token."
                    : $"Show this to the person. If they agree and type the target's name, call {offer.Tool} again with the same arguments, 'confirm' set to the token and 'typed' set to what they typed.");
            }

            w.WriteString("powershell", Line);
        });
    }

    private void Begin(Utf8JsonWriter w, string status)
    {
        w.WriteString("command", command.Name);
        w.WriteString("status", status);
    }

    private void Warnings(Utf8JsonWriter w)
    {
        if (host.Warnings.Count == 0)
        {
            return;
        }

        w.WriteStartArray("warnings");
        foreach (var warning in host.Warnings)
        {
            w.WriteStringValue(CleanText.Line(warning, LongestLine));
        }

        w.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter w, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            w.WriteString(name, CleanText.Line(text, 2000));
        }
    }
}
