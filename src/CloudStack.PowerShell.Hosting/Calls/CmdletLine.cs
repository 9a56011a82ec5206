using System.Collections;
using System.Management.Automation;
using System.Reflection;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Commands;

namespace CloudStack.PowerShell.Hosting.Calls;

/// <summary>A cmdlet with the parameters that say the same as a bound command.</summary>
/// <param name="Name">The cmdlet's name.</param>
/// <param name="Type">Its class.</param>
/// <param name="Parameters">The parameters by name.</param>
internal sealed record CmdletLine(string Name, Type Type, IReadOnlyDictionary<string, object> Parameters)
{
    /// <summary>Finds the line: the command's own cmdlet, or <c>Invoke-CsApi</c> where the cmdlet would understand something else.</summary>
    /// <param name="bound">The command.</param>
    /// <param name="noWait">Don't follow the job.</param>
    public static CmdletLine For(BoundCommand bound, bool noWait)
    {
        var line = OwnCmdlet(bound) ?? Raw(bound);
        return noWait && bound.Spec.IsAsync
            ? line with { Parameters = new Dictionary<string, object>(line.Parameters) { ["NoWait"] = true } }
            : line;
    }

    /// <summary>Adds the cmdlet to a pipeline.</summary>
    /// <param name="shell">The pipeline.</param>
    public void AddTo(PowerShellCall shell)
    {
        shell.AddCommand(new CmdletInfo(Name, Type));
        foreach (var (name, value) in Parameters)
        {
            shell.AddParameter(name, value);
        }
    }

    /// <summary>Finds the class of a command's cmdlet, which its name gives.</summary>
    /// <param name="cmdlet">The cmdlet's name.</param>
    public static Type? TypeOf(string cmdlet) =>
        typeof(CloudStackCommand).Assembly.GetType($"{typeof(CloudStackCommand).Namespace}.{cmdlet.Replace("-", "", StringComparison.Ordinal)}Command");

    private static CmdletLine? OwnCmdlet(BoundCommand bound)
    {
        if (bound.Spec.Cmdlet is not { } cmdlet || TypeOf(cmdlet) is not { } type || IsPattern(bound))
        {
            return null;
        }

        var parameters = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in bound.Arguments)
        {
            var label = bound.Spec.FindParameter(name)!.Label;
            if (type.GetProperty(label, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not { } property
                || ParameterValue.Of(value, property.PropertyType) is not { } converted)
            {
                return null;
            }

            parameters[label] = converted;
        }

        return new CmdletLine(cmdlet, type, parameters);
    }

    private static CmdletLine Raw(BoundCommand bound)
    {
        var arguments = new Hashtable();
        foreach (var (name, value) in bound.Arguments)
        {
            arguments[name] = ParameterValue.Raw(value);
        }

        return new CmdletLine(
            "Invoke-CsApi",
            typeof(InvokeCsApiCommand),
            new Dictionary<string, object> { ["Command"] = bound.Spec.Name, ["Arguments"] = arguments });
    }

    // A list's cmdlet compares names with wildcards itself; to the server they are letters like others.
    private static bool IsPattern(BoundCommand bound) =>
        bound.Spec.IsList
        && bound.Arguments.TryGetValue("name", out var name)
        && name is string text
        && WildcardPattern.ContainsWildcardCharacters(text);
}
