using System.Management.Automation.Language;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>The signs that a pipeline may consist of.</summary>
internal static class PipelineTokens
{
    private static readonly HashSet<TokenKind> Allowed =
    [
        TokenKind.Generic, TokenKind.Identifier, TokenKind.Parameter, TokenKind.Variable, TokenKind.Number,
        TokenKind.StringLiteral, TokenKind.StringExpandable, TokenKind.Pipe, TokenKind.Comma, TokenKind.Dot, TokenKind.Equals, TokenKind.Semi,
        TokenKind.LCurly, TokenKind.RCurly, TokenKind.LParen, TokenKind.RParen, TokenKind.AtCurly, TokenKind.NewLine, TokenKind.EndOfInput,
        TokenKind.Not, TokenKind.Exclaim, TokenKind.And, TokenKind.Or, TokenKind.Minus,
        TokenKind.Ieq, TokenKind.Ine, TokenKind.Igt, TokenKind.Ige, TokenKind.Ilt, TokenKind.Ile, TokenKind.Ilike, TokenKind.Inotlike,
        TokenKind.Icontains, TokenKind.Inotcontains, TokenKind.Iin, TokenKind.Inotin,
        TokenKind.Ceq, TokenKind.Cne, TokenKind.Cgt, TokenKind.Cge, TokenKind.Clt, TokenKind.Cle, TokenKind.Clike, TokenKind.Cnotlike,
        TokenKind.Ccontains, TokenKind.Cnotcontains, TokenKind.Cin, TokenKind.Cnotin,
    ];

    /// <summary>Notes every sign that isn't allowed.</summary>
    /// <param name="tokens">The pipeline's tokens.</param>
    /// <param name="problems">Takes the problems.</param>
    public static void Check(IEnumerable<Token> tokens, PipelineProblems problems)
    {
        foreach (var token in tokens)
        {
            if (!Allowed.Contains(token.Kind))
            {
                problems.Add(Reason(token));
            }
        }
    }

    private static string Reason(Token token) => token.Kind switch
    {
        TokenKind.Ampersand or TokenKind.AndAnd or TokenKind.OrOr => $"{token.Text} isn't allowed: one pipeline runs, in the foreground",
        TokenKind.Redirection or TokenKind.RedirectInStd => $"redirection isn't allowed: {PipelineProblems.Quote(token.Text)}",
        TokenKind.LBracket or TokenKind.RBracket or TokenKind.ColonColon => "types, casts and indexes aren't allowed",
        TokenKind.DollarParen or TokenKind.AtParen => $"{token.Text} isn't allowed: no pipeline inside another",
        TokenKind.SplattedVariable => "splatting isn't allowed: write the parameters out",
        TokenKind.HereStringLiteral or TokenKind.HereStringExpandable => "here-strings aren't allowed; write a text in single quotes",
        TokenKind.Comment => "comments aren't allowed",
        _ when token.TokenFlags.HasFlag(TokenFlags.Keyword) => $"the keyword {PipelineProblems.Quote(token.Text)} isn't allowed",
        _ when token.TokenFlags.HasFlag(TokenFlags.BinaryOperator) || token.TokenFlags.HasFlag(TokenFlags.UnaryOperator)
            || token.TokenFlags.HasFlag(TokenFlags.AssignmentOperator) => $"the operator {PipelineProblems.Quote(token.Text)} isn't allowed",
        _ => $"{PipelineProblems.Quote(token.Text)} isn't allowed",
    };
}
