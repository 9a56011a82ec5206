using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Loading;

/// <summary>Reads the facts of one result class.</summary>
internal sealed class ResultReader(ApiFacts facts, Names names, Entities entities, Secrets secrets)
{
    public ResultSpec Read(string className, Node node) => new()
    {
        Class = className,
        Model = names.Model(className),
        Fields = ReadFields(className, node),
        Finder = entities.Finder(className),
    };

    private FieldSpec[] ReadFields(string className, Node node)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in node.Items("fields").Where(field => !known.Add(field.RequiredText("name"))))
        {
            field.Report(ErrorCode.Duplicate, $"'{className}' has the field '{field.Text("name")}' twice.");
        }

        return [.. node.Items("fields").Select(field => ReadField(className, field))];
    }

    private FieldSpec ReadField(string className, Node node)
    {
        var name = node.RequiredText("name");
        var items = node.Text("of");
        var nested = node.Text("ref") ?? (items is not null && facts.Classes.ContainsKey(items) ? items : null);
        if (nested is not null && !facts.Classes.ContainsKey(nested))
        {
            node.Report(ErrorCode.Unknown, $"The facts have no result class '{nested}'.");
        }

        return new FieldSpec(name, names.FieldLabel(name), ReadType(node, items), nested, secrets.Contains(className, node));
    }

    private static FieldType ReadType(Node node, string? items)
    {
        switch (node.RequiredText("type"))
        {
            case "string":
                return FieldType.String;
            case "integer" or "long" or "short":
                return FieldType.Integer;
            case "double" or "float" or "decimal":
                return FieldType.Number;
            case "boolean":
                return FieldType.Boolean;
            case "date":
                return FieldType.Date;
            case "list" or "set":
                // Items that are maps have no class to read them by.
                return items is "map" or "any" ? FieldType.Any : FieldType.List;
            case "map":
                return FieldType.Map;
            case "object":
                return FieldType.Object;
            case "any":
                return FieldType.Any;
            case var other:
                node.Report(ErrorCode.WrongValue, $"'{other}' isn't a field type that the compiler knows.");
                return FieldType.Any;
        }
    }
}
