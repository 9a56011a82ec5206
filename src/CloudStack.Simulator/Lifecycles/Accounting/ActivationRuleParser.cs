using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>Reads activation rules, the loosest operator first.</summary>
internal sealed partial class ActivationRuleParser
{
    private const int LongestText = 8_192;
    private const int MostParts = 240;

    private static readonly string[][] Levels =
        [["||"], ["&&"], ["==", "===", "!=", "!=="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]];

    private static readonly string[] Reserved =
        ["if", "else", "while", "for", "do", "switch", "function", "return", "new", "var", "let", "const", "typeof", "throw", "try"];

    private readonly List<string> _tokens = [];
    private int _at;
    private int _depth;

    /// <exception cref="FormatException">There are signs in the text that no rule has.</exception>
    public ActivationRuleParser(string text)
    {
        if (text.Length > LongestText)
        {
            throw new FormatException($"The rule is longer than {LongestText} characters.");
        }

        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var match = Token().Match(text, at);
            if (!match.Success)
            {
                throw new FormatException($"The rule can't be read from its character {at + 1} on.");
            }

            _tokens.Add(match.Value);
            at += match.Length;
        }
    }

    /// <summary>The whole rule, whose value is that of its last statement.</summary>
    /// <exception cref="FormatException">It isn't a rule.</exception>
    public RulePart Whole()
    {
        var whole = Statements();
        return _at == _tokens.Count ? whole : throw Unexpected();
    }

    private string? Next => _at < _tokens.Count ? _tokens[_at] : null;

    private RulePart Statements()
    {
        RulePart? last = null;
        while (Next is not (null or "}"))
        {
            if (Take(";"))
            {
                continue;
            }

            last = Statement();
        }

        return last ?? (_ => null);
    }

    private RulePart Statement()
    {
        Enter();
        var statement = Next switch
        {
            "if" => Choice(),
            "{" => Block(),
            _ => Expression(),
        };
        _depth--;
        return statement;
    }

    private RulePart Block()
    {
        Demand("{");
        var block = Statements();
        Demand("}");
        return block;
    }

    private RulePart Choice()
    {
        Demand("if");
        Demand("(");
        var condition = Expression();
        Demand(")");
        var then = Statement();
        Take(";");
        RulePart otherwise = Take("else") ? Statement() : _ => null;
        return variables => RuleValues.IsTrue(condition(variables)) ? then(variables) : otherwise(variables);
    }

    private RulePart Expression()
    {
        Enter();
        var condition = Operation(0);
        if (Take("?"))
        {
            var (test, then) = (condition, Expression());
            Demand(":");
            var otherwise = Expression();
            condition = variables => RuleValues.IsTrue(test(variables)) ? then(variables) : otherwise(variables);
        }

        _depth--;
        return condition;
    }

    private RulePart Operation(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var left = Operation(level + 1);
        while (Next is { } sign && Levels[level].Contains(sign))
        {
            Enter();
            _at++;
            var (first, second) = (left, Operation(level + 1));
            left = sign switch
            {
                "||" => variables => first(variables) is var value && RuleValues.IsTrue(value) ? value : second(variables),
                "&&" => variables => first(variables) is var value && RuleValues.IsTrue(value) ? second(variables) : value,
                _ => variables => RuleValues.Combine(sign, first(variables), second(variables)),
            };
        }

        return left;
    }

    private RulePart Unary()
    {
        if (Next is not ("!" or "-"))
        {
            return Members(Primary());
        }

        Enter();
        var isNot = _tokens[_at++] == "!";
        var operand = Unary();
        _depth--;
        return isNot ? variables => !RuleValues.IsTrue(operand(variables)) : variables => -RuleValues.Number(operand(variables));
    }

    private RulePart Primary()
    {
        var token = Next ?? throw Unexpected();
        _at++;
        switch (token)
        {
            case "true" or "false":
                return _ => token == "true";
            case "null" or "undefined":
                return _ => null;
            case "(":
                var inner = Expression();
                Demand(")");
                return inner;
            case var text when text[0] is '\'' or '"':
                var value = Escape().Replace(text[1..^1], "$1");
                return _ => value;
            case var number when char.IsAsciiDigit(number[0]):
                var parsed = double.Parse(number, CultureInfo.InvariantCulture);
                return _ => parsed;
            case var name when IsName(name):
                return variables => variables.GetValueOrDefault(name);
            default:
                _at--;
                throw Unexpected();
        }
    }

    private RulePart Members(RulePart whole)
    {
        while (Next is "." or "[")
        {
            Enter();
            var owner = whole;
            if (Take("["))
            {
                var key = Expression();
                Demand("]");
                whole = variables => RuleValues.Member(owner(variables), RuleValues.Text(key(variables)));
                continue;
            }

            Demand(".");
            var name = Next is { } next && IsName(next) ? next : throw Unexpected();
            _at++;
            if (Take("("))
            {
                var argument = Expression();
                Demand(")");
                whole = RuleValues.Method(name) is { } method
                    ? variables => method(RuleValues.Text(owner(variables)), RuleValues.Text(argument(variables)))
                    : throw new FormatException($"The rule calls {name}, which isn't carried out here.");
                continue;
            }

            whole = variables => RuleValues.Member(owner(variables), name);
        }

        return whole;
    }

    // What is nested goes up again; what is chained doesn't, so that no rule grows a long chain of calls either.
    private void Enter()
    {
        if (++_depth > MostParts)
        {
            throw new FormatException("The rule has too many parts.");
        }
    }

    private bool Take(string token)
    {
        var isNext = Next == token;
        _at += isNext ? 1 : 0;
        return isNext;
    }

    private void Demand(string token)
    {
        if (!Take(token))
        {
            throw new FormatException($"The rule has {Next ?? "its end"} where {token} should be.");
        }
    }

    private FormatException Unexpected() => new($"The rule has {Next ?? "its end"} where a value should be.");

    private static bool IsName(string token) => (char.IsAsciiLetter(token[0]) || token[0] == '_') && !Reserved.Contains(token);

    [GeneratedRegex("""\G(?:\d+(?:\.\d+)?|[A-Za-z_]\w*|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|===|!==|==|!=|<=|>=|&&|\|\||[-+*/%!<>()?:;{}.\[\]])""", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"\\(.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
