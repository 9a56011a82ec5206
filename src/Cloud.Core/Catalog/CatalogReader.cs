using System.Text.Json;

namespace Cloud.Core.Catalog;

/// <summary>Reads one catalog line. The counterpart of <see cref="CatalogWriter"/>; absent members mean the default.</summary>
internal static class CatalogReader
{
    public static CommandSpec ReadCommand(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        using var document = JsonDocument.ParseValue(ref reader);
        var c = document.RootElement;
        return new CommandSpec
        {
            Name = Text(c, "name")!,
            Cmdlet = Text(c, "cmdlet"),
            Category = Text(c, "category")!,
            Effect = ReadEffect(c.GetProperty("effect")),
            Envelope = new EnvelopeSpec(Text(c, "outer")!, Text(c, "inner"), Named<AnswerShape>(c, "shape")),
            Result = Text(c, "result")!,
            IsAsync = Flag(c, "async"),
            CreatesEntity = Flag(c, "creates"),
            IsPaged = Flag(c, "paged"),
            Mutates = Flag(c, "mutates"),
            IsAuthenticator = Flag(c, "authenticator"),
            ResponseSensitive = Flag(c, "sensitive"),
            Roles = Texts(c, "roles"),
            Since = Text(c, "since"),
            Event = Text(c, "event"),
            Synopsis = Text(c, "synopsis") ?? "",
            Description = Text(c, "description") ?? "",
            Examples = Texts(c, "examples"),
            Related = Texts(c, "related"),
            Parameters = Items(c, "params", ReadParameter),
        };
    }

    public static ResultSpec ReadResult(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        using var document = JsonDocument.ParseValue(ref reader);
        var r = document.RootElement;
        return new ResultSpec
        {
            Class = Text(r, "class")!,
            Model = Text(r, "model")!,
            Fields = Items(r, "fields", ReadField),
            Finder = r.TryGetProperty("finder", out var finder) ? ReadFinder(finder) : null,
        };
    }

    private static EffectSpec ReadEffect(JsonElement e) => new()
    {
        Effect = Named<Effect>(e, "is"),
        Reversible = !Flag(e, "final"),
        Blast = Named<BlastRadius>(e, "blast"),
        Warning = Text(e, "warning") ?? "",
        Typed = Text(e, "typed"),
    };

    private static ParameterSpec ReadParameter(JsonElement p) => new()
    {
        Name = Text(p, "name")!,
        Label = Text(p, "label")!,
        Type = Named<ParameterType>(p, "type"),
        ItemType = Named<ParameterType>(p, "of"),
        Required = Flag(p, "required"),
        MaxLength = p.TryGetProperty("length", out var length) ? length.GetInt32() : ParameterSpec.DefaultMaxLength,
        Entity = Text(p, "entity"),
        KindFrom = Text(p, "kind"),
        Values = Texts(p, "values"),
        Sensitive = Flag(p, "sensitive"),
        AdminOnly = Flag(p, "admin"),
        Positive = Flag(p, "positive"),
        Map = p.TryGetProperty("map", out var map)
            ? new MapSpec(Named<MapStyle>(map, "style"), Texts(map, "keys"), Flag(map, "open"))
            : null,
        Since = Text(p, "since"),
        Explanation = Text(p, "explanation") ?? "",
    };

    private static FieldSpec ReadField(JsonElement f) => new(
        Text(f, "name")!, Text(f, "label")!, Named<FieldType>(f, "type"), Text(f, "of"), Flag(f, "sensitive"));

    private static FinderSpec ReadFinder(JsonElement f) => new(
        Text(f, "command")!,
        f.TryGetProperty("arguments", out var arguments)
            ? arguments.EnumerateObject().ToDictionary(a => a.Name, a => a.Value.GetString()!, StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal),
        Text(f, "name")!,
        Text(f, "filter"))
    {
        Also = f.TryGetProperty("also", out var also) ? ReadFinder(also) : null,
    };

    private static string? Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool Flag(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.GetBoolean();

    private static T Named<T>(JsonElement e, string name) where T : struct, Enum =>
        e.TryGetProperty(name, out var value) ? Enum.Parse<T>(value.GetString()!, ignoreCase: true) : default;

    private static string[] Texts(JsonElement e, string name) => Items(e, name, item => item.GetString()!);

    private static T[] Items<T>(JsonElement e, string name, Func<JsonElement, T> read)
    {
        if (!e.TryGetProperty(name, out var array))
        {
            return [];
        }

        var items = new T[array.GetArrayLength()];
        var i = 0;
        foreach (var item in array.EnumerateArray())
        {
            items[i++] = read(item);
        }

        return items;
    }
}
