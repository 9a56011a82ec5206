using System.Management.Automation.Language;
using Cloud.Core.Binding;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>Checks the arguments of one cmdlet of a pipeline.</summary>
/// <param name="command">The cmdlet's rules.</param>
/// <param name="problems">Takes the problems.</param>
internal sealed class ArgumentCheck(AllowedCommand command, PipelineProblems problems)
{
    // They write variables, change what an error does, or answer for the person.
    private static readonly string[] State = ["OutVariable", "ErrorVariable", "WarningVariable", "InformationVariable", "PipelineVariable", "OutBuffer"];
    private static readonly string[] Consent = ["Force", "Confirm", "WhatIf"];

    private readonly LiteralCheck _literals = new(problems);
    private readonly MemberCheck _members = new(problems);

    /// <summary>Checks the arguments.</summary>
    /// <param name="elements">What stands behind the cmdlet's name.</param>
    public void Check(IReadOnlyList<CommandElementAst> elements)
    {
        if (elements.Count(element => element is ScriptBlockExpressionAst) > 1)
        {
            problems.Add($"{command.Name} takes one block");
            return;
        }

        var positional = 0;
        for (var i = 0; i < elements.Count; i++)
        {
            if (elements[i] is not CommandParameterAst parameter)
            {
                CheckPositional(elements[i], positional++);
            }
            else if (Rule(parameter.ParameterName) is not { } rule)
            {
                return;
            }
            else if (rule == ParameterRule.Switch)
            {
                if (parameter.Argument is not null)
                {
                    problems.Add($"-{parameter.ParameterName} is a switch and takes no value");
                }
            }
            else if ((parameter.Argument ?? (i + 1 < elements.Count ? elements[++i] : null)) is ExpressionAst value)
            {
                CheckValue(value, rule);
            }
            else
            {
                problems.Add($"-{parameter.ParameterName} needs a value");
            }
        }
    }

    private void CheckPositional(CommandElementAst element, int index)
    {
        if (element is ScriptBlockExpressionAst && command.Parameters.Values.Contains(ParameterRule.Block))
        {
            CheckValue((ExpressionAst)element, ParameterRule.Block);
        }
        else if (element is ExpressionAst value && index < command.Positional.Count)
        {
            CheckValue(value, command.Positional[index]);
        }
        else
        {
            problems.Add($"{command.Name} takes no {PipelineProblems.Quote(element.Extent.Text)} without a parameter's name");
        }
    }

    private void CheckValue(ExpressionAst value, ParameterRule rule)
    {
        switch (rule)
        {
            case ParameterRule.Block when value is ScriptBlockExpressionAst block:
                new BlockCheck(_members, _literals, problems).Check(block, isCondition: command.Name == "Where-Object");
                break;
            case ParameterRule.Block:
                problems.Add($"{command.Name} takes a block such as {{ $_.Name }}, and not {PipelineProblems.Quote(value.Extent.Text)}");
                break;
            case ParameterRule.Names or ParameterRule.Patterns:
                _members.CheckNames(value, rule == ParameterRule.Patterns);
                break;
            default:
                _literals.Check(value, tables: AllowedCommand.FindObject(command.Name) is null);
                break;
        }
    }

    private ParameterRule? Rule(string name)
    {
        if (command.Parameters.TryGetValue(name, out var rule))
        {
            return rule;
        }

        problems.Add(
            Consent.Contains(name, StringComparer.OrdinalIgnoreCase) ? $"-{name} isn't allowed: the person confirms the plan"
            : State.Contains(name, StringComparer.OrdinalIgnoreCase) ? $"-{name} isn't allowed: a pipeline leaves nothing behind"
            : Spelling.Closest(name, command.Parameters.Keys) is { } closest ? $"{command.Name} takes no -{name} here; did you mean -{closest}? Names must be written out"
            : $"{command.Name} takes no -{name} here; names must be written out");
        return null;
    }
}
