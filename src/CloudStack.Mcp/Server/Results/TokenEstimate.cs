namespace CloudStack.Mcp.Server.Results;

/// <summary>
/// What a text costs a model, estimated without a tokenizer. The figures are fitted to the o200k vocabulary on this
/// server's own output: prose and schemas take about 4 bytes a token, data 3, and a UUID 22 tokens whatever stands around it.
/// </summary>
internal static class TokenEstimate
{
    /// <summary>The most tokens an answer takes before it's cut.</summary>
    public const int AnswerBudget = 10_000;

    private const int ProseBytes = 4;
    private const int DataBytes = 3;
    private const int UuidBytes = 36;
    private const int UuidTokens = 22;

    /// <summary>Tokens of descriptions and schemas.</summary>
    /// <param name="bytes">Their UTF-8 length.</param>
    public static int OfProse(int bytes) => (bytes + ProseBytes - 1) / ProseBytes;

    /// <summary>Tokens of an answer.</summary>
    /// <param name="utf8">Its bytes.</param>
    public static int OfData(ReadOnlySpan<byte> utf8)
    {
        var uuids = CountUuids(utf8);
        return (uuids * UuidTokens) + ((utf8.Length - (uuids * UuidBytes) + DataBytes - 1) / DataBytes);
    }

    // Told by its hyphens alone: 8-4-4-4-12.
    private static int CountUuids(ReadOnlySpan<byte> utf8)
    {
        const int first = 8, second = 13, third = 18, fourth = 23;
        var count = 0;
        for (var at = utf8.IndexOf((byte)'-'); at >= 0;)
        {
            var start = at - first;
            var isUuid = start >= 0 && start + UuidBytes <= utf8.Length
                && utf8[start + second] == '-' && utf8[start + third] == '-' && utf8[start + fourth] == '-';
            count += isUuid ? 1 : 0;
            var next = at + (isUuid ? UuidBytes - first : 1);
            var found = next < utf8.Length ? utf8[next..].IndexOf((byte)'-') : -1;
            at = found < 0 ? -1 : next + found;
        }

        return count;
    }
}
