using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.Client.Answers;

/// <summary>Turns an envelope into a reply with typed objects.</summary>
/// <param name="createModel">Makes a model from its result class and JSON.</param>
internal sealed class ReplyReader(Func<string, JsonElement, CloudObject> createModel)
{
    /// <summary>Reads an envelope.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="spec">The command that was answered.</param>
    /// <param name="secrets">Texts that no message may show.</param>
    /// <exception cref="CloudException">The envelope's success flag says no.</exception>
    public CommandReply Read(JsonElement envelope, CommandSpec spec, IReadOnlyList<string> secrets)
    {
        if (TextOf(envelope, "jobid") is { } jobId && (spec.IsAsync || IsTicket(envelope)))
        {
            return new CommandReply { JobId = jobId, EntityId = TextOf(envelope, "id") };
        }

        var content = AnswerContent.Read(envelope, spec.Envelope);
        if (content.Success == false)
        {
            var text = content.Text is { } said ? SafeText.Of(said, secrets) : null;
            throw new CloudException(
                ErrorCause.ServerFault,
                $"{spec.Name} didn't succeed{(text is null ? "; the server gives no reason." : $": {text}")}",
                "Look at the object's state before trying again; the management server's log has the reason.")
            {
                Command = spec.Name,
                ServerText = text,
                HttpStatus = 200,
            };
        }

        return new CommandReply
        {
            Objects = Models(content.Objects, spec.Result),
            TotalCount = content.Count,
            Text = content.Text,
        };
    }

    /// <summary>Makes the models of objects.</summary>
    public CloudObject[] Models(IReadOnlyList<JsonElement> objects, string resultClass)
    {
        var models = new CloudObject[objects.Count];
        for (var i = 0; i < models.Length; i++)
        {
            models[i] = createModel(resultClass, objects[i]);
        }

        return models;
    }

    // Of a command that the catalog doesn't know, the answer alone tells that a job was started.
    private static bool IsTicket(JsonElement envelope) =>
        envelope.EnumerateObject().All(member => member.NameEquals("jobid") || member.NameEquals("id"));

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
