using Cloud.Core.Catalog;

namespace Catalog.Compiler.Emitting;

/// <summary>Writes one class per result class, and the factory that picks among them.</summary>
internal sealed class ModelsEmitter : IEmitter
{
    private const string Space = "CloudStack.Client.Models";

    public string Target => "models";

    public void Emit(CompiledCatalog catalog, OutputFolder output)
    {
        var origins = new ModelOrigins(catalog);
        foreach (var result in catalog.Results)
        {
            output.Write($"{result.Model}.cs", WriteModel(catalog, result, origins.Describe(result)));
        }

        output.Write("ModelFactory.cs", WriteFactory(catalog));
    }

    private static string WriteModel(CompiledCatalog catalog, ResultSpec result, string origin)
    {
        var text = new CSharpText(Space, "System", "System.Collections.Generic", "System.Text.Json", "Cloud.Core.Objects");
        text.Summary(origin)
            .Line("""/// <param name="json">The object as the server sent it.</param>""")
            .Line($"public sealed class {result.Model}(JsonElement json) : CloudObject(json)")
            .Open();
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var isFirst = true;
        foreach (var field in result.Fields)
        {
            if (!isFirst)
            {
                text.Line();
            }

            isFirst = false;
            if (labels.TryAdd(field.Label, field.Name))
            {
                WriteProperty(catalog, field, text);
            }
            else
            {
                text.Line($"// The field \"{field.Name}\" shares its label with \"{labels[field.Label]}\"; GetField reads it.");
            }
        }

        return text.Close().ToString();
    }

    private static void WriteProperty(CompiledCatalog catalog, FieldSpec field, CSharpText text)
    {
        var words = catalog.Words.Field(field.Name);
        text.Summary(words.Length > 0 ? words : $"{CSharpText.Phrase(field.Label)} (`{field.Name}`).");
        if (field.Sensitive)
        {
            text.Line("/// <remarks>A secret: it belongs in no log and in no message.</remarks>");
        }

        var model = field.Of is null ? "CloudObject" : catalog.Result(field.Of).Model;
        var (type, read) = field.Type switch
        {
            FieldType.String => ("string?", $"GetText(\"{field.Name}\")"),
            FieldType.Integer => ("long?", $"GetInteger(\"{field.Name}\")"),
            FieldType.Number => ("double?", $"GetNumber(\"{field.Name}\")"),
            FieldType.Boolean => ("bool?", $"GetBoolean(\"{field.Name}\")"),
            FieldType.Date => ("DateTimeOffset?", $"GetDate(\"{field.Name}\")"),
            FieldType.Map => ("IReadOnlyDictionary<string, string>", $"GetMap(\"{field.Name}\")"),
            FieldType.Object => ($"{model}?", $"GetObject(\"{field.Name}\", static item => new {model}(item))"),
            FieldType.List when field.Of is not null =>
                ($"IReadOnlyList<{model}>", $"GetObjects(\"{field.Name}\", static item => new {model}(item))"),
            FieldType.List => ("IReadOnlyList<string>", $"GetTexts(\"{field.Name}\")"),
            _ => ("JsonElement?", $"GetField(\"{field.Name}\")"),
        };
        text.Line($"public {type} {field.Label} => {read};");
    }

    private static string WriteFactory(CompiledCatalog catalog)
    {
        var text = new CSharpText(Space, "System.Text.Json", "Cloud.Core.Objects");
        text.Summary("Makes the model of an answered object.")
            .Line("public static class ModelFactory")
            .Open()
            .Summary("Wraps an object in the model of its result class.")
            .Line("""/// <param name="resultClass">The server's class name, such as <c>ZoneResponse</c>.</param>""")
            .Line("""/// <param name="json">The object as the server sent it.</param>""")
            .Line("/// <returns>The model, or a plain <see cref=\"CloudObject\"/> for a class that the catalog doesn't know.</returns>")
            .Line("public static CloudObject Create(string resultClass, JsonElement json) => resultClass switch")
            .Open();
        foreach (var result in catalog.Results)
        {
            text.Line($"\"{result.Class}\" => new {result.Model}(json),");
        }

        return text.Line("_ => new CloudObject(json),").Close("};").Close().ToString();
    }
}
