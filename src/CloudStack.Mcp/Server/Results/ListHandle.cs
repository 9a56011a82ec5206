using System.Buffers.Text;
using System.Text.Json;

namespace CloudStack.Mcp.Server.Results;

/// <summary>
/// A list with all that was asked of it, put into an address. It's no secret and no right: whoever reads it goes through the
/// same checks as whoever calls the list.
/// </summary>
/// <param name="Command">The list command's API name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Fields">The fields wanted; empty for the default.</param>
/// <param name="Filter">The condition on its rows, or null.</param>
/// <param name="Skip">How many rows come before.</param>
internal sealed record ListHandle(
    string Command, IReadOnlyDictionary<string, JsonElement> Arguments, IReadOnlyList<string> Fields, string? Filter, long Skip)
{
    private const int Longest = 3000;

    /// <summary>Puts a list's rest into text.</summary>
    /// <param name="read">The list.</param>
    /// <param name="skip">How many rows come before.</param>
    /// <returns>The text, or null where it would be too long for an address.</returns>
    public static string? Write(ReadRequest read, long skip)
    {
        var arguments = read.Arguments
            .Where(a => a.Value is JsonElement)
            .ToDictionary(a => a.Key, a => (JsonElement)a.Value!);
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new ListHandle(read.Command.Name, arguments, read.Fields, read.Filter, skip), HandleJson.Default.ListHandle);
        return Base64Url.GetEncodedLength(json.Length) <= Longest ? Base64Url.EncodeToString(json) : null;
    }

    /// <summary>Reads a list out of text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The list, or null where the text holds none.</returns>
    public static ListHandle? Read(string text)
    {
        if (text.Length > Longest || !Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), HandleJson.Default.ListHandle) is
                { Command: not null, Arguments: not null, Fields: not null, Skip: >= 0 } handle ? handle : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
