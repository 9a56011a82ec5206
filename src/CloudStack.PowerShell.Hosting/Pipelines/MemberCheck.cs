using System.Management.Automation;
using System.Management.Automation.Language;
using Cloud.Core.Security;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>Checks the names of properties: an object's own, and none that holds a secret, whose value is masked anyway.</summary>
/// <param name="problems">Takes the problems.</param>
internal sealed class MemberCheck(PipelineProblems problems)
{
    // PowerShell's own views of an object lead to its type and methods.
    private static readonly string[] Views = ["psobject", "psbase", "psadapted", "psextended", "pstypenames"];

    /// <summary>Checks one or several names given to a parameter.</summary>
    /// <param name="value">The names.</param>
    /// <param name="patterns">True where they may hold wildcards.</param>
    public void CheckNames(ExpressionAst value, bool patterns)
    {
        foreach (var name in value is ArrayLiteralAst array ? array.Elements : [value])
        {
            if (name is not StringConstantExpressionAst text)
            {
                problems.Add($"{PipelineProblems.Quote(name.Extent.Text)} isn't a property's name; calculated properties aren't allowed");
            }
            else if (!patterns && WildcardPattern.ContainsWildcardCharacters(text.Value))
            {
                problems.Add($"{PipelineProblems.Quote(text.Value)} must be a property's whole name");
            }
            else
            {
                Check(text.Value);
            }
        }
    }

    /// <summary>Tells whether an expression is $_ or a property of it, and checks the names in it.</summary>
    /// <param name="expression">The expression.</param>
    public bool TryCheckPath(ExpressionAst expression)
    {
        while (expression is MemberExpressionAst member and not InvokeMemberExpressionAst
            && !member.Static && member.Member is StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } name)
        {
            Check(name.Value);
            expression = member.Expression;
        }

        return expression is VariableExpressionAst { Splatted: false, VariablePath.UserPath: "_" };
    }

    private void Check(string name)
    {
        if (Views.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add($"the property {PipelineProblems.Quote(name)} isn't the cloud's");
        }
        else if (Redaction.IsSecretName(name))
        {
            problems.Add($"the property {PipelineProblems.Quote(name)} may hold a secret");
        }
    }
}
