using System.Text.Json;

namespace CloudStack.Client.Answers;

/// <summary>The error inside an envelope or a failed job's result (protocol note, section 5.2).</summary>
/// <param name="Code">The API's code.</param>
/// <param name="DetailCode">The finer code, or null where the server's path to the error sets none.</param>
/// <param name="Text">The server's text, or null.</param>
internal sealed record ServerError(int Code, int? DetailCode, string? Text)
{
    /// <summary>Reads an error.</summary>
    /// <returns>True where the element is one.</returns>
    public static bool TryRead(JsonElement element, out ServerError error)
    {
        error = null!;
        if (element.ValueKind != JsonValueKind.Object || ReadInt(element, "errorcode") is not { } code)
        {
            return false;
        }

        var text = element.TryGetProperty("errortext", out var value) && value.ValueKind == JsonValueKind.String
            ? Unwrap(value.GetString()!)
            : null;
        error = new ServerError(code, ReadInt(element, "cserrorcode"), text);
        return true;
    }

    private static int? ReadInt(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt32(out var number) => number,
            JsonValueKind.String when int.TryParse(value.GetString(), out var number) => number,
            _ => null,
        }
        : null;

    // A refused second factor has a whole envelope as its text (section 3.3).
    private static string Unwrap(string text)
    {
        if (!text.StartsWith('{'))
        {
            return text;
        }

        try
        {
            using var inner = JsonDocument.Parse(text);
            foreach (var member in inner.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.Object
                    && member.Value.TryGetProperty("errortext", out var innerText)
                    && innerText.ValueKind == JsonValueKind.String)
                {
                    return innerText.GetString()!;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not an envelope after all: the text as it is says more than nothing.
        }

        return text;
    }
}
