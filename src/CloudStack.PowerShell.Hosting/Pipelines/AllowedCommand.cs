using System.Reflection;
using Cloud.Core.Catalog;
using Cloud.Core.Security;
using CloudStack.PowerShell.Hosting.Calls;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>A cmdlet that a pipeline may name, with the parameters it may give.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The parameters by name, ignoring case.</param>
/// <param name="Positional">The rules of arguments without a name, in their order.</param>
internal sealed record AllowedCommand(
    string Name, IReadOnlyDictionary<string, ParameterRule> Parameters, IReadOnlyList<ParameterRule> Positional)
{
    private static readonly string[] Comparisons = ["EQ", "NE", "GT", "GE", "LT", "LE", "Like", "NotLike", "Contains", "NotContains", "In", "NotIn"];

    private static readonly Dictionary<string, AllowedCommand> Objects = new AllowedCommand[]
    {
        new(
            "Where-Object",
            Rules([.. Comparisons, .. Comparisons.Select(c => "C" + c), "Not"], (ParameterRule.Names, "Property"), (ParameterRule.Value, "Value"), (ParameterRule.Block, "FilterScript")),
            [ParameterRule.Names, ParameterRule.Value]),
        new("ForEach-Object", Rules([], (ParameterRule.Block, "Process")), []),
        new(
            "Select-Object",
            Rules(["Unique"], (ParameterRule.Patterns, "Property"), (ParameterRule.Patterns, "ExcludeProperty"), (ParameterRule.Names, "ExpandProperty"),
                (ParameterRule.Value, "First"), (ParameterRule.Value, "Last"), (ParameterRule.Value, "Skip"), (ParameterRule.Value, "SkipLast")),
            [ParameterRule.Patterns]),
        new(
            "Sort-Object",
            Rules(["Descending", "Unique", "Stable"], (ParameterRule.Names, "Property"), (ParameterRule.Value, "Top"), (ParameterRule.Value, "Bottom")),
            [ParameterRule.Names]),
        new("Group-Object", Rules(["NoElement"], (ParameterRule.Names, "Property")), [ParameterRule.Names]),
        new(
            "Measure-Object",
            Rules(["Sum", "Average", "Minimum", "Maximum", "AllStats"], (ParameterRule.Names, "Property")),
            [ParameterRule.Names]),
    }.ToDictionary(command => command.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds one of the cmdlets that work on objects.</summary>
    /// <param name="name">The name, ignoring case.</param>
    public static AllowedCommand? FindObject(string name) => Objects.GetValueOrDefault(name);

    /// <summary>Gives the rules of a cloud command's cmdlet: its own parameters, save secrets, and those that choose rows.</summary>
    /// <param name="command">A command with a cmdlet.</param>
    /// <param name="type">The cmdlet's class.</param>
    public static AllowedCommand For(CommandSpec command, Type type)
    {
        var parameters = new Dictionary<string, ParameterRule>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in command.Parameters.Where(p => !Redaction.IsSecret(p) && IsDeclared(type, p.Label)))
        {
            parameters[parameter.Label] = ParameterRule.Value;
        }

        if (command is { IsList: true, IsPaged: true })
        {
            parameters["First"] = parameters["Skip"] = ParameterRule.Value;
        }

        if (command.IsAsync)
        {
            parameters["NoWait"] = ParameterRule.Switch;
        }

        return new AllowedCommand(command.Cmdlet!, parameters, [ParameterRule.Value]);
    }

    /// <summary>The class of a cmdlet that a checked pipeline names.</summary>
    /// <param name="name">The name.</param>
    public static Type TypeOf(string name) => name switch
    {
        "Where-Object" or "ForEach-Object" => Class(typeof(System.Management.Automation.PSObject).Assembly, name),
        _ when Objects.ContainsKey(name) => Class(Assembly.Load("Microsoft.PowerShell.Commands.Utility"), name),
        _ => CmdletLine.TypeOf(name)!,
    };

    private static Type Class(Assembly assembly, string name) =>
        assembly.GetType($"Microsoft.PowerShell.Commands.{name.Replace("-", "", StringComparison.Ordinal)}Command", throwOnError: true)!;

    private static bool IsDeclared(Type type, string label) =>
        type.GetProperty(label, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null;

    private static Dictionary<string, ParameterRule> Rules(string[] switches, params (ParameterRule Rule, string Name)[] others) => switches
        .Select(name => (Rule: ParameterRule.Switch, Name: name)).Concat(others)
        .ToDictionary(rule => rule.Name, rule => rule.Rule, StringComparer.OrdinalIgnoreCase);
}
