namespace CloudStack.Mcp.Server.Results;

/// <summary>
/// What a text costs a model, estimated without a tokenizer, and rather too high than too low. Tokenizers cut a text into words,
/// groups of three digits and runs of signs, and so does this; what such a piece takes was fitted to the vocabularies o200k and
/// cl100k on this server's own answers.
/// </summary>
internal static class TokenEstimate
{
    /// <summary>The most tokens an answer takes before it's cut.</summary>
    public const int AnswerBudget = 10_000;

    // What of each kind one token holds.
    private const int Prose = 4;
    private const int Lower = 5;
    private const int Upper = 2;
    private const int Digit = 3;
    private const int Sign = 3;
    private const int Foreign = 2;

    /// <summary>Tokens of descriptions and schemas.</summary>
    /// <param name="bytes">Their UTF-8 length.</param>
    public static int OfProse(int bytes) => (bytes + Prose - 1) / Prose;

    /// <summary>Tokens of an answer.</summary>
    /// <param name="utf8">Its bytes.</param>
    public static int OfData(ReadOnlySpan<byte> utf8)
    {
        var tokens = 0;
        for (var i = 0; i < utf8.Length;)
        {
            var begin = i;
            var kind = KindOf(utf8[i++]);
            // A capitalized word is one piece.
            if (kind == Kind.Upper && i < utf8.Length && KindOf(utf8[i]) == Kind.Lower)
            {
                kind = Kind.Lower;
            }

            while (i < utf8.Length && KindOf(utf8[i]) == kind)
            {
                i++;
            }

            var isGap = kind == Kind.Sign && i - begin == 1 && utf8[begin] == ' ';
            tokens += isGap ? 0 : (i - begin + Holds(kind) - 1) / Holds(kind);
        }

        return tokens;
    }

    private static Kind KindOf(byte value) => value switch
    {
        >= (byte)'a' and <= (byte)'z' => Kind.Lower,
        >= (byte)'A' and <= (byte)'Z' => Kind.Upper,
        >= (byte)'0' and <= (byte)'9' => Kind.Digit,
        < 0x80 => Kind.Sign,
        _ => Kind.Foreign,
    };

    private static int Holds(Kind kind) => kind switch
    {
        Kind.Lower => Lower,
        Kind.Upper => Upper,
        Kind.Digit => Digit,
        Kind.Sign => Sign,
        _ => Foreign,
    };

    private enum Kind
    {
        Lower,
        Upper,
        Digit,
        Sign,
        Foreign,
    }
}
