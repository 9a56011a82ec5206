using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;

namespace Catalog.Compiler.Loading;

/// <summary>The facts file <c>api.json</c>, indexed by the names that the other files refer to.</summary>
internal sealed class ApiFacts
{
    /// <summary>The facts file's format that this compiler reads.</summary>
    public const string Format = "cloudstack-catalog/1";

    private ApiFacts(Node root)
    {
        Root = root;
        foreach (var command in root.Items("commands"))
        {
            var name = command.RequiredText("name");
            if (!Commands.TryAdd(name, command))
            {
                command.Report(ErrorCode.Duplicate, $"The command '{name}' stands twice.");
            }

            foreach (var parameter in command.Items("params"))
            {
                ParameterNames.Add(parameter.RequiredText("name"));
            }
        }

        foreach (var response in root.RequiredObject("responses")?.Members ?? [])
        {
            Classes.TryAdd(response.Name, response.Value);
            foreach (var field in response.Value.Items("fields"))
            {
                FieldNames.Add(field.RequiredText("name"));
            }
        }
    }

    public Node Root { get; }

    /// <summary>The commands by name, in the file's order.</summary>
    public OrderedDictionary<string, Node> Commands { get; } = new(StringComparer.Ordinal);

    /// <summary>The result classes by name, in the file's order.</summary>
    public OrderedDictionary<string, Node> Classes { get; } = new(StringComparer.Ordinal);

    public HashSet<string> ParameterNames { get; } = new(StringComparer.Ordinal);

    public HashSet<string> FieldNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the file.</summary>
    /// <returns>The facts, or null where they can't be read; the error is reported.</returns>
    public static ApiFacts? Load(string folder, ErrorLog errors)
    {
        if (NodeParser.ParseFile(Path.Combine(folder, "api.json"), errors) is not { } root)
        {
            return null;
        }

        if (root.Text("format") != Format)
        {
            root.Report(ErrorCode.WrongValue, $"The facts' 'format' isn't '{Format}'.");
            return null;
        }

        return new ApiFacts(root);
    }

    /// <summary>Finds a command's parameter by its wire name.</summary>
    public Node? FindParameter(string command, string name) => Commands.TryGetValue(command, out var node)
        ? node.Items("params").FirstOrDefault(p => p.Text("name") == name)
        : null;

    /// <summary>The class of the objects that a command really answers with.</summary>
    public string ResultClass(string command) =>
        Commands[command].Text("element") ?? Commands[command].RequiredText("response");

    /// <summary>Finds a result class's field by its wire name.</summary>
    public Node? FindField(string className, string name) => Classes.TryGetValue(className, out var node)
        ? node.Items("fields").FirstOrDefault(f => f.Text("name") == name)
        : null;
}
