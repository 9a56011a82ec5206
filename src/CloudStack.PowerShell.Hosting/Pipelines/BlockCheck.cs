using System.Management.Automation.Language;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>Checks a block: a condition behind Where-Object, a property behind ForEach-Object.</summary>
/// <param name="members">Checks properties.</param>
/// <param name="literals">Checks values.</param>
/// <param name="problems">Takes the problems.</param>
internal sealed class BlockCheck(MemberCheck members, LiteralCheck literals, PipelineProblems problems)
{
    private const int Deepest = 100;

    /// <summary>Checks a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="isCondition">True for a condition; else it must be one property.</param>
    public void Check(ScriptBlockExpressionAst block, bool isCondition)
    {
        if (PipelineCheck.OnlyPipeline(block.ScriptBlock) is not { } pipeline || Expression(pipeline) is not { } expression)
        {
            problems.Add($"{PipelineProblems.Quote(block.Extent.Text)} must hold one expression and no commands");
        }
        else if (isCondition)
        {
            Condition(expression, 0);
        }
        else if (!members.TryCheckPath(expression))
        {
            problems.Add($"{PipelineProblems.Quote(block.Extent.Text)} must hold one property, such as {{ $_.Name }}");
        }
    }

    private void Condition(ExpressionAst expression, int depth)
    {
        if (depth > Deepest)
        {
            problems.Add($"conditions must not be nested deeper than {Deepest} times");
            return;
        }

        switch (expression)
        {
            case BinaryExpressionAst { Operator: TokenKind.And or TokenKind.Or } both:
                Condition(both.Left, depth + 1);
                Condition(both.Right, depth + 1);
                break;
            case BinaryExpressionAst comparison:
                Operand(comparison.Left);
                Operand(comparison.Right);
                break;
            case UnaryExpressionAst { TokenKind: TokenKind.Not or TokenKind.Exclaim } not:
                Condition(not.Child, depth + 1);
                break;
            case ParenExpressionAst { Pipeline: PipelineAst pipeline } when Expression(pipeline) is { } inner:
                Condition(inner, depth + 1);
                break;
            default:
                Operand(expression);
                break;
        }
    }

    private void Operand(ExpressionAst operand)
    {
        if (operand is InvokeMemberExpressionAst)
        {
            problems.Add($"{PipelineProblems.Quote(operand.Extent.Text)} calls a method; only properties are allowed");
        }
        else if (!members.TryCheckPath(operand))
        {
            literals.Check(operand, tables: false);
        }
    }

    private static ExpressionAst? Expression(PipelineAst pipeline) =>
        pipeline.PipelineElements is [CommandExpressionAst { Redirections.Count: 0 } only] ? only.Expression : null;
}
