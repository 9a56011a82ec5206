using System.Text;

namespace CloudStack.Mcp.Http.Resumption;

/// <summary>A stream from some event on: what was sent since, and what still comes.</summary>
/// <param name="store">Keeps the events.</param>
/// <param name="stream">The stream.</param>
/// <param name="last">The number of the event that the client had last.</param>
internal sealed class StreamReplay(StoredStreams store, StoredStream stream, long last)
{
    /// <summary>Sends it, until no event comes any more or the client falls behind what is kept.</summary>
    /// <param name="body">Where it goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task CopyToAsync(Stream body, CancellationToken cancellationToken)
    {
        for (Task? more = Task.CompletedTask; more is not null;)
        {
            await more.WaitAsync(cancellationToken);
            (var events, more) = store.Read(stream, last);
            foreach (var kept in events)
            {
                await body.WriteAsync(Encoding.UTF8.GetBytes($"id: {kept.Id}\nevent: message\ndata: "), cancellationToken);
                await body.WriteAsync(kept.Json, cancellationToken);
                await body.WriteAsync("\n\n"u8.ToArray(), cancellationToken);
                last = kept.Number;
            }

            await body.FlushAsync(cancellationToken);
        }
    }
}
