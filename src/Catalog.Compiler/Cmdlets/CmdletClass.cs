using Catalog.Compiler.Emitting;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Cmdlets;

/// <summary>Writes one cmdlet as a C# class: a bag of parameters and the name of the command it calls.</summary>
/// <param name="catalog">The catalog.</param>
internal sealed class CmdletClass(CompiledCatalog catalog)
{
    private readonly CmdletParameters _parameters = new(new ParameterTypes(catalog));

    /// <summary>Gives a cmdlet's class name, such as <c>StartCsVirtualMachineCommand</c>.</summary>
    /// <param name="command">A command with a cmdlet.</param>
    public static string NameOf(CommandSpec command) => command.Cmdlet!.Replace("-", "", StringComparison.Ordinal) + "Command";

    /// <summary>Writes the class's file.</summary>
    /// <param name="command">A command with a cmdlet.</param>
    public string Write(CommandSpec command)
    {
        var parameters = _parameters.Of(command);
        var text = new CSharpText("CloudStack.PowerShell.Commands", Usings(parameters));

        // Inside the namespace, where they win over the implicit ones: some models share a name with a System type.
        text.Line("using CloudStack.Client.Models;")
            .Line("using CloudStack.PowerShell.Binding;")
            .Line("using CloudStack.PowerShell.Completion;")
            .Line("using CloudStack.PowerShell.Results;")
            .Line()
            .Summary(command.Synopsis.Length > 0 ? command.Synopsis : $"Calls `{command.Name}`.")
            .Line(CmdletAttribute(command))
            .Line($"[Alias(\"{command.Name}\")]")
            .Line(OutputAttribute(command))
            .Line($"public sealed class {NameOf(command)} : {BaseClass(command)}")
            .Open();
        foreach (var parameter in parameters)
        {
            Write(text, parameter, CompleterOf(command, parameter));
        }

        return text
            .Line("/// <inheritdoc/>")
            .Line($"protected override string ApiCommand => \"{command.Name}\";")
            .Close()
            .ToString();
    }

    private static IEnumerable<string> Usings(IReadOnlyList<CmdletParameter> parameters)
    {
        if (parameters.Any(p => p.Type.StartsWith("Hashtable", StringComparison.Ordinal)))
        {
            yield return "System.Collections";
        }

        yield return "System.Management.Automation";
        if (parameters.Any(p => p.Type == "SecureString"))
        {
            yield return "System.Security";
        }
    }

    private static void Write(CSharpText text, CmdletParameter parameter, string completer)
    {
        text.Summary(parameter.Explanation).Line(parameter.Attribute());
        if (parameter.Alias is { } alias)
        {
            text.Line($"[Alias(\"{alias}\")]");
        }

        text.Line($"[ArgumentCompleter(typeof({completer}))]");
        // PSCmdlet has a Host of its own.
        var hiding = parameter.Name == "Host" ? "new " : "";
        var nullable = parameter.IsValueType ? "" : "?";
        text.Line($"public {hiding}{parameter.Type}{nullable} {parameter.Name} {{ get; set; }}").Line();
    }

    private string CompleterOf(CommandSpec command, CmdletParameter parameter) => parameter switch
    {
        { Spec.Values.Count: > 0 } => "CatalogValueCompleter",
        _ when parameter.Type.StartsWith("Identity<", StringComparison.Ordinal) || parameter.Spec.KindFrom is not null => "NameCompleter",
        _ when command.Parameters.Any(other => other.KindFrom == parameter.Spec.Name) => "ResourceKindCompleter",
        { Type: "Hashtable", Spec.Name: "tags" } => "TagCompleter",
        { Type: "string" or "AccountReference" } when command is { IsList: true, IsRead: true }
            && catalog.Result(command.Result).Fields.Any(field => field.Name == parameter.Spec.Name) => "SeenValueCompleter",
        _ => "PlainValueCompleter",
    };

    private static string CmdletAttribute(CommandSpec command)
    {
        var parts = command.Cmdlet!.Split('-', 2);
        var settings = new List<string> { $"\"{parts[0]}\"", $"\"{parts[1]}\"" };
        if (!command.IsRead)
        {
            settings.Add("SupportsShouldProcess = true");
            settings.Add($"ConfirmImpact = ConfirmImpact.{ImpactOf(command.Effect.Effect)}");
        }

        if (command is { IsList: true, IsPaged: true })
        {
            settings.Add("SupportsPaging = true");
        }

        return $"[Cmdlet({string.Join(", ", settings)})]";
    }

    // PowerShell asks from High on unless a session says otherwise, so only what loses something asks.
    private static string ImpactOf(Effect effect) => effect switch
    {
        Effect.Change => "Low",
        Effect.Disrupt => "Medium",
        _ => "High",
    };

    private static string BaseClass(CommandSpec command) => (command.IsRead, command.IsAsync, IsFlag(command)) switch
    {
        (true, false, _) => "CloudStackCommand",
        (true, true, _) => "ReadJobCommand",
        (false, false, false) => "ChangeCommand",
        (false, true, false) => "JobCommand",
        (false, false, true) => "FlagCommand",
        (false, true, true) => "FlagJobCommand",
    };

    private string OutputAttribute(CommandSpec command)
    {
        var output = IsFlag(command) ? "CommandResult" : catalog.Result(command.Result).Model;
        return command.IsAsync
            ? $"[OutputType(typeof({output}), typeof(StartedJob))]"
            : $"[OutputType(typeof({output}))]";
    }

    private static bool IsFlag(CommandSpec command) => command.Envelope.Shape == AnswerShape.Success;
}
