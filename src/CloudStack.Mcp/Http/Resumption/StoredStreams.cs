using System.Globalization;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Http.Resumption;

#pragma warning disable MCP9006 // The newest revision has no sessions; the older ones, which have, are spoken here too.

/// <summary>
/// Keeps what was last sent to the clients of sessions, so that one whose connection broke gets the rest. All sessions share
/// one bound: the oldest events make room.
/// </summary>
/// <param name="most">The most bytes.</param>
internal sealed class StoredStreams(long most = StoredStreams.Most) : ISseEventStreamStore
{
    /// <summary>The most bytes, where nothing else is said.</summary>
    public const long Most = 8 << 20;

    private readonly Lock _turn = new();
    private readonly Dictionary<long, StoredStream> _streams = [];
    private readonly Dictionary<string, HashSet<StoredStream>> _sessions = new(StringComparer.Ordinal);
    private readonly LinkedList<StoredEvent> _events = new();
    private long _bytes;
    private long _numbers;

    /// <summary>How many bytes are kept.</summary>
    public long Bytes
    {
        get
        {
            lock (_turn)
            {
                return _bytes;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<ISseEventStreamWriter> CreateStreamAsync(SseEventStreamOptions options, CancellationToken cancellationToken = default)
    {
        lock (_turn)
        {
            var stream = new StoredStream(this, options.SessionId, options.StreamId, ++_numbers);
            _streams.Add(stream.Number, stream);
            (_sessions.TryGetValue(stream.Session, out var own) ? own : _sessions[stream.Session] = []).Add(stream);
            return ValueTask.FromResult<ISseEventStreamWriter>(stream);
        }
    }

    /// <remarks>The transport only writes; <see cref="After"/> reads.</remarks>
    /// <inheritdoc/>
    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ISseEventStreamReader?>(null);

    /// <summary>Finds what came after an event.</summary>
    /// <param name="session">The session that asks: nobody gets the events of another.</param>
    /// <param name="lastEvent">The event's id.</param>
    /// <returns>What came after it and still comes, or null where that isn't all kept.</returns>
    public StreamReplay? After(string session, string lastEvent)
    {
        if (lastEvent.Split('-', 2) is not [var stream, var number] || !IsNumber(stream, out var which) || !IsNumber(number, out var last))
        {
            return null;
        }

        lock (_turn)
        {
            return _streams.TryGetValue(which, out var found) && found.Session == session && last <= found.Count && KeepsAllAfter(found, last)
                ? new StreamReplay(this, found, last)
                : null;
        }
    }

    /// <summary>Keeps an event.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="json">Its message.</param>
    /// <param name="isLast">True for the answer, after which none comes.</param>
    /// <returns>Its id.</returns>
    public string Add(StoredStream stream, byte[] json, bool isLast)
    {
        lock (_turn)
        {
            stream.IsDone |= isLast;
            var added = new StoredEvent(stream, ++stream.Count, json);
            if (_streams.ContainsKey(stream.Number))
            {
                stream.Events.AddLast(_events.AddLast(added));
                _bytes += added.Size;
                while (_bytes > most)
                {
                    DropOldest();
                }

                Wake(stream);
            }

            return added.Id;
        }
    }

    /// <summary>Reads the events after one, waiting for none.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="last">The number of the event before.</param>
    /// <returns>The events, and what ends when there are more; null where no more come.</returns>
    public (IReadOnlyList<StoredEvent> Events, Task? More) Read(StoredStream stream, long last)
    {
        lock (_turn)
        {
            return KeepsAllAfter(stream, last)
                ? ([.. stream.Events.Select(node => node.Value).Where(kept => kept.Number > last)], stream.IsDone ? null : stream.More.Task)
                : ([], null);
        }
    }

    /// <summary>Notes that no event of a stream comes any more.</summary>
    /// <param name="stream">The stream.</param>
    public void End(StoredStream stream)
    {
        lock (_turn)
        {
            stream.IsDone = true;
            Wake(stream);
            ForgetIfEmpty(stream);
        }
    }

    /// <summary>Forgets the stream of a request whose POST ended without an answer.</summary>
    /// <param name="session">The session's name.</param>
    /// <param name="request">The request.</param>
    public void End(string session, RequestId request)
    {
        lock (_turn)
        {
            foreach (var stream in _sessions.GetValueOrDefault(session)?.Where(open => !open.IsDone && open.Name == request.ToString()).ToList() ?? [])
            {
                Forget(stream);
            }
        }
    }

    /// <summary>Forgets a session's streams.</summary>
    /// <param name="session">The session's name.</param>
    public void Forget(string session)
    {
        lock (_turn)
        {
            foreach (var stream in _sessions.GetValueOrDefault(session)?.ToList() ?? [])
            {
                Forget(stream);
            }
        }
    }

    private static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    private static bool KeepsAllAfter(StoredStream stream, long last) =>
        stream.Count == last || (stream.Events.First is { } first && first.Value.Value.Number <= last + 1);

    private static void Wake(StoredStream stream)
    {
        var more = stream.More;
        stream.More = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        more.SetResult();
    }

    private void DropOldest()
    {
        var oldest = _events.First!.Value;
        _events.RemoveFirst();
        oldest.Stream.Events.RemoveFirst();
        _bytes -= oldest.Size;
        ForgetIfEmpty(oldest.Stream);
    }

    private void ForgetIfEmpty(StoredStream stream)
    {
        if (stream is { IsDone: true, Events.Count: 0 })
        {
            Forget(stream);
        }
    }

    private void Forget(StoredStream stream)
    {
        foreach (var node in stream.Events)
        {
            _events.Remove(node);
            _bytes -= node.Value.Size;
        }

        stream.Events.Clear();
        stream.IsDone = true;
        _streams.Remove(stream.Number);
        if (_sessions.TryGetValue(stream.Session, out var own) && own.Remove(stream) && own.Count == 0)
        {
            _sessions.Remove(stream.Session);
        }

        Wake(stream);
    }
}
