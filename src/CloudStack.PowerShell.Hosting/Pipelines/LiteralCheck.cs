using System.Management.Automation.Language;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>Checks that a value is written out: a text, a number, $true, $false, $null, or several of them.</summary>
/// <param name="problems">Takes the problems.</param>
internal sealed class LiteralCheck(PipelineProblems problems)
{
    private static readonly string[] Constants = ["true", "false", "null"];

    /// <summary>Tells whether an expression is one value that is written out.</summary>
    /// <param name="value">The expression.</param>
    public static bool IsOne(ExpressionAst value) => value switch
    {
        // By its exact kind: texts that PowerShell expands are of another.
        StringConstantExpressionAst => true,
        ConstantExpressionAst => true,
        VariableExpressionAst variable => !variable.Splatted && Constants.Contains(variable.VariablePath.UserPath, StringComparer.OrdinalIgnoreCase),
        UnaryExpressionAst { TokenKind: TokenKind.Minus, Child: ConstantExpressionAst and not StringConstantExpressionAst } => true,
        _ => false,
    };

    /// <summary>Checks a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tables">True where tables such as @{ key = 'value' } are taken too.</param>
    public void Check(ExpressionAst value, bool tables)
    {
        if (IsOne(value))
        {
            return;
        }

        if (value is ArrayLiteralAst array)
        {
            foreach (var element in array.Elements)
            {
                // Lists of tables are as deep as it goes.
                if (element is ArrayLiteralAst)
                {
                    Refuse(element);
                }
                else
                {
                    Check(element, tables);
                }
            }
        }
        else if (value is HashtableAst table && tables)
        {
            foreach (var (key, member) in table.KeyValuePairs)
            {
                if (!IsOne(key) || member is not PipelineAst { PipelineElements: [CommandExpressionAst { Redirections.Count: 0 } expression] } || !IsOne(expression.Expression))
                {
                    Refuse(member);
                }
            }
        }
        else
        {
            Refuse(value);
        }
    }

    private void Refuse(Ast value) => problems.Add(value switch
    {
        MemberExpressionAst { Expression: VariableExpressionAst { VariablePath.UserPath: not "_" } other } =>
            $"the variable {PipelineProblems.Quote(other.Extent.Text)} isn't allowed; there are $_ in blocks, $true, $false and $null",
        ScriptBlockExpressionAst => "a block is allowed behind Where-Object and ForEach-Object only",
        VariableExpressionAst => $"the variable {PipelineProblems.Quote(value.Extent.Text)} isn't allowed; there are $_ in blocks, $true, $false and $null",
        ExpandableStringExpressionAst => "a text in double quotes must not hold $",
        _ => $"{PipelineProblems.Quote(value.Extent.Text)} isn't a literal",
    });
}
