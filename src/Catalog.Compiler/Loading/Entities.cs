using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Loading;

/// <summary>The file <c>entities.json</c>: which objects identifiers refer to, and how those are found by name.</summary>
internal sealed class Entities
{
    private readonly ApiFacts _facts;
    private readonly Dictionary<string, FinderSpec?> _finders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _parameters = new(StringComparer.Ordinal);

    private Entities(ApiFacts facts, Node root)
    {
        _facts = facts;
        root.AllowOnly("finders", "parameters");
        ReadParameters(root.RequiredObject("parameters"));
        ReadFinders(root.RequiredObject("finders"));
    }

    public static Entities? Load(string folder, ApiFacts facts, ErrorLog errors) =>
        Entries.ParseObject(folder, "entities.json", errors) is { } root ? new Entities(facts, root) : null;

    /// <summary>The class of the object that a parameter's identifier refers to, or null.</summary>
    public string? Of(string command, Node parameter) =>
        _parameters.TryGetValue($"{command}.{parameter.Text("name")}", out var mended) ? mended : parameter.Text("entity");

    /// <summary>The parameter that says of which class an identified object is, where a command works on objects of any; else null.</summary>
    public static string? KindBeside(Node command, Node parameter)
    {
        var kind = parameter.Text("name") switch
        {
            "resourceid" or "resourceids" => "resourcetype",
            "entityid" => "entitytype",
            _ => null,
        };
        return command.Items("params").Any(p => p.Text("name") == kind && p.Text("type") == "string") ? kind : null;
    }

    /// <summary>How objects of a class are found by name, or null where they can't be.</summary>
    public FinderSpec? Finder(string className) => _finders.GetValueOrDefault(className);

    // The facts take a parameter's target from the server's annotations; some of those are wrong or too coarse.
    private void ReadParameters(Node? section)
    {
        foreach (var member in section?.Members ?? [])
        {
            var dot = member.Name.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0 || _facts.FindParameter(member.Name[..dot], member.Name[(dot + 1)..]) is null)
            {
                member.Report(ErrorCode.Unknown, $"The facts have no 'command.parameter' of the name '{member.Name}'.");
            }

            var target = section!.Text(member.Name);
            if (target is not null && !_facts.Classes.ContainsKey(target))
            {
                member.Report(ErrorCode.Unknown, $"The facts have no result class '{target}'.");
            }

            _parameters[member.Name] = target;
        }

        foreach (var (command, node) in _facts.Commands)
        {
            foreach (var parameter in node.Items("params").Where(p => p.Text("entity") is not null && !IsIdentifier(p)))
            {
                var name = $"{command}.{parameter.Text("name")}";
                if (!_parameters.ContainsKey(name))
                {
                    section?.Report(
                        ErrorCode.Missing,
                        $"'{name}' names an entity but is no UUID; say here which class it refers to, or null.");
                }
            }
        }
    }

    private void ReadFinders(Node? section)
    {
        if (section is null)
        {
            return;
        }

        var targets = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (command, node) in _facts.Commands)
        {
            targets.UnionWith(node.Items("params").Select(p => Of(command, p)).OfType<string>());
        }

        Entries.Match(section, targets, "identified result class");
        foreach (var member in section.Members)
        {
            _finders[member.Name] = member.Value.IsNull ? null : ReadFinder(member);
        }
    }

    private FinderSpec? ReadFinder(Member member)
    {
        var node = member.Value;
        node.AllowOnly("command", "arguments", "name", "filter", "also");
        var command = node.RequiredText("command");
        if (!_facts.Commands.TryGetValue(command, out var list))
        {
            node.Report(ErrorCode.Unknown, $"The facts have no command '{command}'.");
            return null;
        }

        var nameField = node.Text("name") ?? "name";
        var answered = _facts.ResultClass(command);
        foreach (var field in new[] { "id", nameField }.Where(field => _facts.FindField(answered, field) is null))
        {
            node.Report(ErrorCode.Finder, $"'{command}' answers with {answered}, which has no field '{field}'.");
        }

        if (!list.Flag("list"))
        {
            node.Report(ErrorCode.Finder, $"'{command}' doesn't answer with a list.");
        }

        return new FinderSpec(command, ReadArguments(node, command, list), nameField, ReadFilter(node, command, nameField))
        {
            Also = node.Find("also") is { } also ? ReadFinder(also) : null,
        };
    }

    private SortedDictionary<string, string> ReadArguments(Node node, string command, Node list)
    {
        var arguments = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in node.Find("arguments")?.Value.Members ?? [])
        {
            if (_facts.FindParameter(command, argument.Name) is null)
            {
                argument.Report(ErrorCode.Unknown, $"'{command}' has no parameter '{argument.Name}'.");
            }

            arguments[argument.Name] = argument.Value.Text;
        }

        // Without it an administrator's list holds only the administrator's own objects.
        if (_facts.FindParameter(command, "listall") is not null)
        {
            arguments.TryAdd("listall", "true");
        }

        foreach (var required in list.Items("params").Where(p => p.Flag("required")).Select(p => p.RequiredText("name")))
        {
            if (!arguments.ContainsKey(required))
            {
                node.Report(ErrorCode.Finder, $"'{command}' requires '{required}', which the rule doesn't give.");
            }
        }

        return arguments;
    }

    private string? ReadFilter(Node node, string command, string nameField)
    {
        if (node.Text("filter") is not { } filter)
        {
            return _facts.FindParameter(command, nameField) is null ? null : nameField;
        }

        if (_facts.FindParameter(command, filter) is null)
        {
            node.Report(ErrorCode.Finder, $"'{command}' has no parameter '{filter}'.");
        }

        return filter;
    }

    private static bool IsIdentifier(Node parameter) =>
        parameter.Text("type") == "uuid" || (parameter.Text("type") == "list" && parameter.Text("of") == "uuid");
}
