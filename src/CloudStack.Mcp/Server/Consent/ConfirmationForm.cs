using System.Text.Json;
using CloudStack.Mcp.Server.Results;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Consent;

/// <summary>A question to a person in the protocol's words: a form with one field, a yes or the name to type.</summary>
internal static class ConfirmationForm
{
    /// <summary>The form's field for a yes.</summary>
    public const string YesField = "confirm";

    /// <summary>The form's field for the typed name.</summary>
    public const string NameField = "name";

    private const string Key = "confirmation";
    private const int LongestName = 80;

    /// <summary>
    /// The answer that asks. Clients of the newest revision get it as it is and call again; for older ones the SDK puts the
    /// form to the person itself and makes the second call.
    /// </summary>
    /// <param name="question">The question.</param>
    public static InputRequiredException Ask(ConfirmationQuestion question) => new(
        new Dictionary<string, InputRequest> { [Key] = InputRequest.ForElicitation(Form(question)) }, question.State);

    /// <summary>Reads the person's reply out of a second call.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The reply, or null where the call brings none.</returns>
    public static PersonReply? ReplyOf(RequestParams? call)
    {
        if (call?.RequestState is not { } state || call.InputResponses?.TryGetValue(Key, out var response) != true)
        {
            return null;
        }

        try
        {
            var result = response!.Deserialize(InputResponse.ElicitResultJsonTypeInfo);
            return new PersonReply(state, result?.IsAccepted == true, result?.Content);
        }
        catch (JsonException)
        {
            return new PersonReply(state, false, null);
        }
    }

    private static ElicitRequestParams Form(ConfirmationQuestion question)
    {
        var (name, field) = question.TypedText is { } text
            ? (NameField, (ElicitRequestParams.PrimitiveSchemaDefinition)new ElicitRequestParams.StringSchema
            {
                Title = $"Type {CleanText.Line(text, LongestName)} to agree",
            })
            : (YesField, new ElicitRequestParams.BooleanSchema { Title = "Do it" });
        return new ElicitRequestParams
        {
            Message = question.Message,
            RequestedSchema = new ElicitRequestParams.RequestSchema
            {
                Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> { [name] = field },
                Required = [name],
            },
        };
    }
}
