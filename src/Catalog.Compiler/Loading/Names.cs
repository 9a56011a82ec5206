using System.Text.RegularExpressions;
using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;

namespace Catalog.Compiler.Loading;

/// <summary>The file <c>names.json</c>: cmdlets, labels and models.</summary>
internal sealed partial class Names
{
    private readonly ApiFacts _facts;
    private readonly Dictionary<string, string?> _cmdlets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Command, string Parameter), string> _exceptions = [];
    private readonly Dictionary<string, string> _models = new(StringComparer.Ordinal);

    private Names(ApiFacts facts, Node root)
    {
        _facts = facts;
        root.AllowOnly("cmdlets", "labels", "models");
        if (root.RequiredObject("cmdlets") is { } cmdlets)
        {
            ReadCmdlets(cmdlets);
        }

        if (root.RequiredObject("labels") is { } labels)
        {
            labels.AllowOnly("parameters", "fields", "exceptions");
            ReadLabels(labels.RequiredObject("parameters"), facts.ParameterNames, "parameter", _parameters);
            ReadLabels(labels.RequiredObject("fields"), facts.FieldNames, "field", _fields);
            ReadExceptions(labels.RequiredObject("exceptions"));
        }

        if (root.RequiredObject("models") is { } models)
        {
            ReadModels(models);
        }
    }

    public static Names? Load(string folder, ApiFacts facts, ErrorLog errors) =>
        Entries.ParseObject(folder, "names.json", errors) is { } root ? new Names(facts, root) : null;

    /// <summary>The cmdlet of a command, or null where it has none.</summary>
    public string? Cmdlet(string command) => _cmdlets.GetValueOrDefault(command);

    /// <summary>The label of a command's parameter.</summary>
    public string ParameterLabel(string command, string parameter) =>
        _exceptions.TryGetValue((command, parameter), out var label)
            ? label
            : _parameters.GetValueOrDefault(parameter, parameter);

    public string FieldLabel(string field) => _fields.GetValueOrDefault(field, field);

    public string Model(string className) => _models.GetValueOrDefault(className, className);

    [GeneratedRegex("^(?<verb>[A-Z][A-Za-z]+)-Cs[A-Z][A-Za-z0-9]*$")]
    private static partial Regex CmdletForm { get; }

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex LabelForm { get; }

    private void ReadCmdlets(Node section)
    {
        Entries.Match(section, _facts.Commands.Keys, "command");
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in section.Members)
        {
            if (member.Value.IsNull)
            {
                _cmdlets[member.Name] = null;
                continue;
            }

            var cmdlet = section.RequiredText(member.Name);
            var form = CmdletForm.Match(cmdlet);
            if (!form.Success)
            {
                member.Report(ErrorCode.CmdletName, $"'{cmdlet}' isn't of the form Verb-CsNoun.");
            }
            else if (!ApprovedVerbs.Contains(form.Groups["verb"].Value))
            {
                member.Report(ErrorCode.CmdletName, $"'{form.Groups["verb"].Value}' isn't a verb that PowerShell approves.");
            }

            if (!owners.TryAdd(cmdlet, member.Name))
            {
                member.Report(ErrorCode.DuplicateCmdlet, $"'{cmdlet}' is the cmdlet of '{owners[cmdlet]}' already.");
            }

            _cmdlets[member.Name] = cmdlet;
        }
    }

    private static void ReadLabels(Node? section, HashSet<string> expected, string what, Dictionary<string, string> labels)
    {
        if (section is null)
        {
            return;
        }

        Entries.Match(section, expected, what);
        foreach (var member in section.Members)
        {
            var label = section.RequiredText(member.Name);
            CheckForm(member, label);
            if (!label.Equals(member.Name.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            {
                member.Report(
                    ErrorCode.Label,
                    $"The label '{label}' isn't '{member.Name}' in other casing; list it under 'exceptions' to rename it.");
            }

            labels[member.Name] = label;
        }
    }

    private void ReadExceptions(Node? section)
    {
        foreach (var command in section?.Members ?? [])
        {
            if (!_facts.Commands.ContainsKey(command.Name))
            {
                command.Report(ErrorCode.Unknown, $"The facts have no command '{command.Name}'.");
                continue;
            }

            foreach (var parameter in command.Value.Members)
            {
                if (_facts.FindParameter(command.Name, parameter.Name) is null)
                {
                    parameter.Report(ErrorCode.Unknown, $"'{command.Name}' has no parameter '{parameter.Name}'.");
                }

                var label = command.Value.RequiredText(parameter.Name);
                CheckForm(parameter, label);
                _exceptions[(command.Name, parameter.Name)] = label;
            }
        }
    }

    private void ReadModels(Node section)
    {
        Entries.Match(section, _facts.Classes.Keys, "result class");
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in section.Members)
        {
            var model = section.RequiredText(member.Name);
            CheckForm(member, model);
            if (!owners.TryAdd(model, member.Name))
            {
                member.Report(ErrorCode.ModelName, $"'{model}' is the model of '{owners[model]}' already.");
            }

            if (ReservedModelNames.Contains(model))
            {
                member.Report(ErrorCode.ModelName, $"'{model}' would hide a common .NET type; choose another name.");
            }

            if (_facts.Classes.TryGetValue(member.Name, out var facts)
                && facts.Items("fields").Any(field => FieldLabel(field.RequiredText("name")) == model))
            {
                member.Report(ErrorCode.ModelName, $"'{model}' is a property of '{member.Name}' too, which C# forbids.");
            }

            _models[member.Name] = model;
        }
    }

    private static void CheckForm(Member member, string label)
    {
        if (label.Length > 0 && !LabelForm.IsMatch(label))
        {
            member.Report(ErrorCode.Label, $"'{label}' can't be a member's name: start with a capital, use letters and digits.");
        }
    }
}
