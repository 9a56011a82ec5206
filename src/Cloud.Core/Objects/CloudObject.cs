using System.Globalization;
using System.Text.Json;

namespace Cloud.Core.Objects;

/// <summary>
/// One object of a cloud's answer. It keeps the answer's own JSON and reads a field when asked, so that every field the
/// server sent is there, also those the catalog doesn't know, and a list costs no more than its parse. An object keeps
/// the bytes of the page it came with alive.
/// </summary>
public class CloudObject
{
    /// <summary>Wraps one object of an answer.</summary>
    /// <param name="json">A JSON object whose document isn't disposed.</param>
    /// <exception cref="ArgumentException"><paramref name="json"/> isn't a JSON object.</exception>
    public CloudObject(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("A cloud object needs a JSON object.", nameof(json));
        }

        Json = json;
    }

    /// <summary>The name of the connection that the object came over, or null where nobody noted it. The server didn't send it.</summary>
    public string? Connection { get; private set; }

    /// <summary>Notes the connection that the object came over; the first note stays.</summary>
    /// <param name="connection">The connection's name.</param>
    public void NoteConnection(string connection) => Connection ??= connection;

    /// <summary>The object as the server sent it.</summary>
    public JsonElement GetJson() => Json;

    /// <summary>Names the object: its name and identifier. Its other fields, which may be secrets, stay out of messages.</summary>
    public override string ToString() => (GetText("name") ?? GetText("displayname"), GetText("id")) switch
    {
        ({ } name, { } id) => $"{name} ({id})",
        ({ } name, null) => name,
        (null, { } id) => id,
        _ => GetType().Name,
    };

    private protected JsonElement Json { get; }

    /// <summary>Reads a field of any kind.</summary>
    /// <param name="name">The wire name.</param>
    /// <returns>The field's JSON, or null where the server sent none.</returns>
    public JsonElement? GetField(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Reads a text field; numbers and booleans are given as written.</summary>
    /// <param name="name">The wire name.</param>
    /// <returns>The text, or null where the server sent none.</returns>
    public string? GetText(string name) => GetField(name) is { } value ? TextOf(value) : null;

    /// <summary>Reads an integer, also one sent as text.</summary>
    /// <param name="name">The wire name.</param>
    /// <returns>The number, or null where the server sent none or something else (<see cref="GetField"/> has it).</returns>
    public long? GetInteger(string name) => GetField(name) switch
    {
        { ValueKind: JsonValueKind.Number } n when n.TryGetInt64(out var number) => number,
        { ValueKind: JsonValueKind.String } s when long.TryParse(
            s.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>Reads a number, also one sent as text.</summary>
    /// <param name="name">The wire name.</param>
    /// <returns>The number, or null where the server sent none or something else.</returns>
    public double? GetNumber(string name) => GetField(name) switch
    {
        { ValueKind: JsonValueKind.Number } n when n.TryGetDouble(out var number) => number,
        { ValueKind: JsonValueKind.String } s when double.TryParse(
            s.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>Reads a boolean, also one sent as text.</summary>
    /// <param name="name">The wire name.</param>
    /// <returns>The value, or null where the server sent none or something else.</returns>
    public bool? GetBoolean(string name) => GetField(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } s when bool.TryParse(s.GetString(), out var value) => value,
        _ => null,
    };

    /// <summary>Reads a date in the forms a server writes; the offset is kept.</summary>
    /// <param name="name">The wire name.</param>
    /// <returns>The date, or null where the server sent none or something else.</returns>
    public DateTimeOffset? GetDate(string name) => WireDate.TryParse(GetText(name), out var date) ? date : null;

    /// <summary>Reads a nested object.</summary>
    /// <typeparam name="T">The model.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="create">Makes the model from its JSON.</param>
    /// <returns>The object, or null where the server sent none.</returns>
    public T? GetObject<T>(string name, Func<JsonElement, T> create) where T : CloudObject
    {
        ArgumentNullException.ThrowIfNull(create);
        return GetField(name) is { ValueKind: JsonValueKind.Object } value ? create(value) : null;
    }

    /// <summary>Reads an array of objects; items that aren't objects are left to <see cref="GetField"/>.</summary>
    /// <typeparam name="T">The model.</typeparam>
    /// <param name="name">The wire name.</param>
    /// <param name="create">Makes the model from its JSON.</param>
    /// <returns>The objects; empty where the server sent none.</returns>
    public IReadOnlyList<T> GetObjects<T>(string name, Func<JsonElement, T> create) where T : CloudObject
    {
        ArgumentNullException.ThrowIfNull(create);

        // An array has an indexer that scripts can use; the list that the compiler would make hides its own.
        T[] objects = GetField(name) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(create)]
            : [];
        return objects;
    }

    /// <summary>Reads an array of plain values as text.</summary>
    /// <param name="name">The wire name.</param>
    /// <returns>The texts; empty where the server sent none.</returns>
    public IReadOnlyList<string> GetTexts(string name)
    {
        string[] texts = GetField(name) switch
        {
            { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(TextOf)],
            { ValueKind: JsonValueKind.String } single => single.GetString() is { Length: > 0 } text ? text.Split(',') : [],
            _ => [],
        };
        return texts;
    }

    /// <summary>Reads named values as text.</summary>
    /// <param name="name">The wire name.</param>
    /// <returns>The values by name; empty where the server sent none.</returns>
    public IReadOnlyDictionary<string, string> GetMap(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (GetField(name) is { ValueKind: JsonValueKind.Object } value)
        {
            foreach (var member in value.EnumerateObject())
            {
                map[member.Name] = TextOf(member.Value);
            }
        }

        return map;
    }

    private static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
