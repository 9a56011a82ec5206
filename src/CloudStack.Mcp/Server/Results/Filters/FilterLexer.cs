namespace CloudStack.Mcp.Server.Results.Filters;

/// <summary>What a piece of a filter is.</summary>
internal enum FilterTokenKind
{
    Word,
    Quoted,
    Symbol,
    End,
}

/// <summary>A piece of a filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, without quotes.</param>
/// <param name="At">Where it begins, from 0.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int At)
{
    /// <summary>Tells whether it's a word of the language, in any case.</summary>
    /// <param name="word">The word.</param>
    public bool Is(string word) => Kind is FilterTokenKind.Word or FilterTokenKind.Symbol && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Takes a filter apart.</summary>
/// <param name="text">The filter.</param>
internal sealed class FilterLexer(string text)
{
    // What other languages write for =.
    private const string Equality = "==";

    private static readonly string[] Symbols = ["!=", "<=", ">=", Equality, "=", "<", ">", "(", ")", ","];

    private int _at;

    /// <summary>Takes the next piece.</summary>
    /// <exception cref="FilterException">A quote isn't closed.</exception>
    public FilterToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        if (_at == text.Length)
        {
            return new FilterToken(FilterTokenKind.End, "", _at);
        }

        if (text[_at] is '\'' or '"')
        {
            return Quoted(text[_at]);
        }

        var start = _at;
        if (SymbolHere() is { } symbol)
        {
            _at += symbol.Length;
            return new FilterToken(FilterTokenKind.Symbol, symbol == Equality ? "=" : symbol, start);
        }

        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('\'' or '"') && SymbolHere() is null)
        {
            _at++;
        }

        // A lone exclamation mark begins no symbol and ends no word.
        return new FilterToken(FilterTokenKind.Word, text[start.._at], start);
    }

    private string? SymbolHere() => Array.Find(Symbols, symbol => string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0);

    // A quote inside is doubled.
    private FilterToken Quoted(char quote)
    {
        var start = _at++;
        var value = new System.Text.StringBuilder();
        while (_at < text.Length)
        {
            if (text[_at] != quote)
            {
                value.Append(text[_at++]);
            }
            else if (_at + 1 < text.Length && text[_at + 1] == quote)
            {
                value.Append(quote);
                _at += 2;
            }
            else
            {
                _at++;
                return new FilterToken(FilterTokenKind.Quoted, value.ToString(), start);
            }
        }

        throw new FilterException("the quote isn't closed", start);
    }
}

/// <summary>What is wrong with a filter, and where.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="at">Where, from 0.</param>
internal sealed class FilterException(string problem, int at) : Exception(problem)
{
    /// <summary>Where, from 0.</summary>
    public int At { get; } = at;
}
