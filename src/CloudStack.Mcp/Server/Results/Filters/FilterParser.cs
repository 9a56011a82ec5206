using System.Globalization;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.Server.Results.Filters;

/// <summary>
/// Reads filters such as <c>state = Running and (memory &gt; 4096 or name like 'web-*')</c>: fields, comparisons, values,
/// <c>and</c>, <c>or</c> and parentheses, and nothing else. Length, depth and number of comparisons are bounded.
/// </summary>
internal sealed class FilterParser
{
    /// <summary>The longest filter, in UTF-16 units.</summary>
    public const int Longest = 1000;

    private const int Deepest = 16;
    private const int MostComparisons = 50;
    private const int MostValues = 200;

    private static readonly Dictionary<string, ComparisonOperator> Operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["="] = ComparisonOperator.Equal,
        ["!="] = ComparisonOperator.NotEqual,
        ["<"] = ComparisonOperator.Less,
        ["<="] = ComparisonOperator.LessOrEqual,
        [">"] = ComparisonOperator.Greater,
        [">="] = ComparisonOperator.GreaterOrEqual,
        ["contains"] = ComparisonOperator.Contains,
        ["startswith"] = ComparisonOperator.StartsWith,
        ["like"] = ComparisonOperator.Like,
        ["in"] = ComparisonOperator.In,
    };

    private readonly FilterLexer _lexer;
    private readonly ResultSpec? _type;
    private readonly CommandCatalog _catalog;
    private FilterToken _next;
    private int _comparisons;

    private FilterParser(string text, ResultSpec? type, CommandCatalog catalog)
    {
        _lexer = new FilterLexer(text);
        (_type, _catalog) = (type, catalog);
        _next = _lexer.Next();
    }

    /// <summary>Reads a filter.</summary>
    /// <param name="text">The filter.</param>
    /// <param name="command">The list whose rows it's for.</param>
    /// <param name="catalog">Knows the rows' fields.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.InvalidArgument"/>: what is wrong with it, and where.</exception>
    public static IRowTest Parse(string text, CommandSpec command, CommandCatalog catalog)
    {
        try
        {
            if (text.Length > Longest)
            {
                throw new FilterException($"it's longer than {Longest} characters", Longest);
            }

            var parser = new FilterParser(text, catalog.FindResult(command.Result), catalog);
            var test = parser.Or(0);
            return parser._next.Kind == FilterTokenKind.End
                ? test
                : throw new FilterException($"'{Shown(parser._next)}' is not expected; join conditions with 'and' or 'or'", parser._next.At);
        }
        catch (FilterException error)
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                string.Create(CultureInfo.InvariantCulture, $"{command.Name}: the filter is wrong at position {error.At + 1}: {error.Message}."),
                "Write conditions as: field operator value, such as state = 'Running' and memory >= 4096. The operators are "
                    + string.Join(" ", Operators.Keys) + ". Nothing was sent.")
            {
                Command = command.Name,
            };
        }
    }

    private IRowTest Or(int depth)
    {
        var parts = new List<IRowTest> { And(depth) };
        while (Take("or"))
        {
            parts.Add(And(depth));
        }

        return parts.Count == 1 ? parts[0] : new AnyOf(parts);
    }

    private IRowTest And(int depth)
    {
        var parts = new List<IRowTest> { One(depth) };
        while (Take("and"))
        {
            parts.Add(One(depth));
        }

        return parts.Count == 1 ? parts[0] : new AllOf(parts);
    }

    private IRowTest One(int depth)
    {
        var open = _next;
        if (!Take("("))
        {
            return Comparison();
        }

        if (depth == Deepest)
        {
            throw new FilterException($"parentheses are nested more than {Deepest} deep", open.At);
        }

        var inner = Or(depth + 1);
        return Take(")") ? inner : throw new FilterException("a ')' is missing", _next.At);
    }

    private Comparison Comparison()
    {
        if (++_comparisons > MostComparisons)
        {
            throw new FilterException($"there are more than {MostComparisons} conditions", _next.At);
        }

        var name = Advance();
        if (name.Kind != FilterTokenKind.Word)
        {
            throw new FilterException(name.Kind == FilterTokenKind.End ? "a field is missing" : $"'{Shown(name)}' stands where a field should", name.At);
        }

        var field = FieldPath.Read(name.Text, _type, _catalog, out var problem) ?? throw new FilterException(problem!, name.At);
        var sign = Advance();
        if (sign.Kind == FilterTokenKind.Quoted || !Operators.TryGetValue(sign.Text, out var how))
        {
            throw new FilterException(
                sign.Kind == FilterTokenKind.End ? $"an operator is missing after {name.Text}" : $"'{Shown(sign)}' is no operator", sign.At);
        }

        return new Comparison(field, how, how == ComparisonOperator.In ? Values(field) : [Value(field, how)]);
    }

    private List<FilterValue> Values(FieldPath field)
    {
        if (!Take("("))
        {
            throw new FilterException("'in' wants a list in parentheses, such as (Running, Stopped)", _next.At);
        }

        var values = new List<FilterValue>();
        do
        {
            if (values.Count == MostValues)
            {
                throw new FilterException($"there are more than {MostValues} values", _next.At);
            }

            values.Add(Value(field, ComparisonOperator.Equal));
        }
        while (Take(","));
        return Take(")") ? values : throw new FilterException("a ')' is missing", _next.At);
    }

    private FilterValue Value(FieldPath field, ComparisonOperator how)
    {
        var token = Advance();
        if (token.Kind is FilterTokenKind.Symbol or FilterTokenKind.End)
        {
            throw new FilterException($"a value for {field.Text} is missing", token.At);
        }

        var value = new FilterValue(token.Text, token.Kind == FilterTokenKind.Quoted);
        var wanted = how is ComparisonOperator.Contains or ComparisonOperator.StartsWith or ComparisonOperator.Like || value.Text.Length == 0 ? null
            : field.Type switch
            {
                FieldType.Integer or FieldType.Number when !value.IsNumber => "a number without quotes",
                FieldType.Boolean when !value.IsBoolean => "true or false",
                FieldType.Date when !value.IsDate => "a date such as 2026-01-31 or 2026-01-31T12:00:00Z",
                _ => null,
            };
        return wanted is null ? value : throw new FilterException($"{field.Text} is compared with {wanted}, not '{Shown(token)}'", token.At);
    }

    private static string Shown(FilterToken token) => CleanText.Line(token.Text, 40);

    private bool Take(string word)
    {
        if (!_next.Is(word))
        {
            return false;
        }

        Advance();
        return true;
    }

    private FilterToken Advance()
    {
        var taken = _next;
        _next = _lexer.Next();
        return taken;
    }
}
