using System.Globalization;
using System.Text.RegularExpressions;
using Catalog.Compiler.Cmdlets;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Tests.Words;

/// <summary>Finds what is wrong with an example, by the rules that PowerShell binds arguments by.</summary>
internal static partial class ExampleBinding
{
    private static readonly HashSet<string> Plumbing =
        ["Where-Object", "Select-Object", "Sort-Object", "Format-Table", "Format-List", "ForEach-Object", "Measure-Object", "Group-Object"];

    private static readonly Dictionary<string, CommandSpec> Commands =
        CloudStackData.Catalog.Commands.ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>Gives all problems of a line; none where it binds.</summary>
    public static IReadOnlyList<string> Problems(string line)
    {
        var problems = new List<string>();
        ResultSpec? flowing = null;
        try
        {
            foreach (var stage in ExampleLine.Parse(line))
            {
                if (CmdletSurface.All.TryGetValue(stage.Command, out var surface))
                {
                    problems.AddRange(OfCmdlet(stage, surface, flowing is not null));
                    flowing = CloudStackData.Catalog.Result(surface.Command.Result);
                }
                else if (stage.Command == "Invoke-CsApi")
                {
                    problems.AddRange(OfInvocation(stage));
                }
                else if (Plumbing.Contains(stage.Command) && flowing is not null)
                {
                    problems.AddRange(OfPlumbing(stage, flowing));
                }
                else
                {
                    problems.Add($"{stage.Command} is no cmdlet to be used here");
                }
            }
        }
        catch (FormatException error)
        {
            problems.Add(error.Message);
        }

        return problems;
    }

    private static IEnumerable<string> OfCmdlet(ExampleStage stage, CmdletSurface surface, bool isFed)
    {
        var bound = new HashSet<CmdletParameter>();
        foreach (var argument in stage.Arguments)
        {
            if (argument.Name is { } other && surface.IsSwitch(other) && argument.Value is null or "$true" or "$false")
            {
                continue;
            }

            if (argument.Name is { } common && surface.IsOther(common) && argument.Value is not null)
            {
                continue;
            }

            var parameter = argument.Name is { } name
                ? surface.Parameter(name)
                : surface.Parameters.FirstOrDefault(p => p.Position is not null && !bound.Contains(p));
            if (parameter is null)
            {
                yield return $"{stage.Command} takes no {argument.Name ?? argument.Value}";
            }
            else if (!bound.Add(parameter))
            {
                yield return $"-{parameter.Name} stands twice";
            }
            else if (argument.Value is not { } value)
            {
                yield return $"-{parameter.Name} has no value";
            }
            else if (!Fits(value, parameter))
            {
                yield return $"'{value}' doesn't go to -{parameter.Name}, which is {parameter.Type}";
            }
        }

        foreach (var missing in surface.Parameters.Where(p => p.Spec.Required && !bound.Contains(p)))
        {
            if (!isFed || !(missing.FromPipeline || missing.FromProperty))
            {
                yield return $"-{missing.Name} is missing";
            }
        }
    }

    private static bool Fits(string value, CmdletParameter parameter)
    {
        if (value[0] is '$' or '(')
        {
            return parameter.Type != "bool" || value is "$true" or "$false" || value[0] == '(';
        }

        var items = parameter.Type.EndsWith("[]", StringComparison.Ordinal) ? ExampleLine.Split(value, ',') : [value];
        return items.All(item => FitsOne(item.Trim('\'', '"'), parameter));
    }

    private static bool FitsOne(string value, CmdletParameter parameter) => parameter.Type.Split('[')[0] switch
    {
        "bool" => false,
        "int" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "short" => short.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "long" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "double" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "DateTime" => DateTime.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "Hashtable" => value.StartsWith("@{", StringComparison.Ordinal),
        "SecureString" => false,
        _ when parameter.Spec.Values is { Count: > 0 } values => values.Contains(value, StringComparer.OrdinalIgnoreCase),
        _ when IsIdentifier(parameter.Spec) && !CloudStackData.Catalog.CanBeNamed(parameter.Spec) => Guid.TryParse(value, out _),
        _ => value.Length > 0,
    };

    private static bool IsIdentifier(ParameterSpec spec) =>
        spec.Type == ParameterType.Uuid || spec is { Type: ParameterType.List, ItemType: ParameterType.Uuid };

    private static IEnumerable<string> OfInvocation(ExampleStage stage)
    {
        var values = stage.Arguments.Where(a => a.Name is null or "Command" or "Arguments").Select(a => a.Value ?? "").ToList();
        if (values.Count == 0 || !Commands.TryGetValue(values[0], out var command))
        {
            return [$"Invoke-CsApi calls no command {values.FirstOrDefault()}"];
        }

        var given = values.Count > 1 ? KeyOf.Matches(values[1]).Select(m => m.Groups[1].Value).ToList() : [];
        return given.Where(key => command.FindParameter(key) is null).Select(key => $"{command.Name} takes no {key}")
            .Concat(command.Parameters.Where(p => p.Required && !given.Contains(p.Name, StringComparer.OrdinalIgnoreCase))
                .Select(p => $"{p.Name} of {command.Name} is missing"));
    }

    private static IEnumerable<string> OfPlumbing(ExampleStage stage, ResultSpec flowing)
    {
        var text = string.Join(' ', stage.Arguments.Where(a => a.Name is null or "Property" or "ExpandProperty").Select(a => a.Value));
        var names = text.Contains('{', StringComparison.Ordinal)
            ? MemberOf.Matches(text).Select(m => m.Groups[1].Value)
            : ExampleLine.Split(stage.Arguments[0].Value ?? "", ',');
        return names
            .Where(name => !flowing.Fields.Any(f => f.Label.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .Select(name => $"{flowing.Model} has no {name}");
    }

    [GeneratedRegex(@"[{;]\s*([\w.]+)\s*=")]
    private static partial Regex KeyOf { get; }

    [GeneratedRegex(@"\$_\.(\w+)")]
    private static partial Regex MemberOf { get; }
}
