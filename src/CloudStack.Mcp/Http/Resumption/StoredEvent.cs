namespace CloudStack.Mcp.Http.Resumption;

/// <summary>What was sent, as it's sent again.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Number">Its number in the stream, from 1.</param>
/// <param name="Json">The message as UTF-8 JSON; empty for the event that only gives the stream's place.</param>
internal sealed record StoredEvent(StoredStream Stream, long Number, byte[] Json)
{
    // What an event takes besides its message; it also bounds how many there are.
    private const int Overhead = 256;

    /// <summary>How much of the store's room it takes.</summary>
    public int Size => Json.Length + Overhead;

    /// <summary>The event's id, unlike all others of this server.</summary>
    public string Id => $"{Stream.Number}-{Number}";
}
