namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>The form of a tariff's rule, a piece of JavaScript on the real server: its brackets and quotes match.</summary>
internal static class ActivationRule
{
    public static bool IsWellFormed(string rule)
    {
        var open = new Stack<char>();
        char? quote = null;
        for (var i = 0; i < rule.Length; i++)
        {
            var c = rule[i];
            if (quote is not null)
            {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? null : quote;
            }
            else if (c is '"' or '\'' or '`')
            {
                quote = c;
            }
            else if (c is '(' or '[' or '{')
            {
                open.Push(c);
            }
            else if (c is ')' or ']' or '}' && (!open.TryPop(out var opened) || (opened, c) is not (('(', ')') or ('[', ']') or ('{', '}'))))
            {
                return false;
            }
        }

        return quote is null && open.Count == 0;
    }
}
