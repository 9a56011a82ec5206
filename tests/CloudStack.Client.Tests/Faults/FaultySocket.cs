using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Faults;

/// <summary>Serves a simulated cloud on loopback; each request meets the next fault of the script, on the socket itself.</summary>
internal sealed class FaultySocket : IAsyncDisposable
{
    /// <summary>The faults that it knows.</summary>
    public static readonly WireFault[] Kinds =
    [
        WireFault.None, WireFault.ResetBeforeProcessing, WireFault.ResetAfterProcessing, WireFault.HalfAnswer, WireFault.SlowDrip,
        WireFault.StallBeforeProcessing, WireFault.StallAfterProcessing, WireFault.WrongLength, WireFault.BadGzip,
        WireFault.ClockSkew, WireFault.SessionEnded, WireFault.Restart,
    ];

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly SimulatedCloud _cloud;
    private readonly ServerClock _clock;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<WireFault> _script = new();
    private readonly ConcurrentBag<Task> _serving = [];
    private CancellationTokenSource _listening = new();
    private CancellationTokenSource _connected = new();
    private Task _accepting;
    private int _isDown;

    public FaultySocket(SimulatedCloud cloud, ServerClock clock)
    {
        (_cloud, _clock) = (cloud, clock);
        _listener.Start();
        _accepting = AcceptAsync(_listening.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The keys of all sessions that were opened.</summary>
    public SessionKeys SessionKeys { get; } = new();

    /// <summary>How often each fault was met, by its number.</summary>
    public int[] Met { get; } = new int[Enum.GetValues<WireFault>().Length];

    /// <summary>Adds faults that the next requests meet, whichever operation of a round they are of.</summary>
    public void Follow(IEnumerable<WireFault> faults)
    {
        foreach (var fault in faults)
        {
            _script.Enqueue(fault);
        }
    }

    /// <summary>Forgets the script, ends all connections, and waits until nothing that was received is still being done.</summary>
    public async Task QuietAsync()
    {
        await StopAsync();
        _script.Clear();
        _isDown = 0;
        _listening = new CancellationTokenSource();
        _connected = new CancellationTokenSource();
        _accepting = AcceptAsync(_listening.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _listener.Dispose();
    }

    private async Task StopAsync()
    {
        await _listening.CancelAsync();
        await _accepting.WaitAsync(Longest);

        // A request that was given up before anybody took it must not be done in the next round.
        while (_listener.Pending())
        {
            (await _listener.AcceptSocketAsync()).Dispose();
        }

        await _connected.CancelAsync();
        await Task.WhenAll(_serving).WaitAsync(Longest);
        _serving.Clear();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(cancellationToken);
                if (Interlocked.Exchange(ref _isDown, 0) == 1)
                {
                    socket.Dispose();
                    continue;
                }

                var connected = _connected.Token;
                _serving.Add(Task.Run(() => ServeAsync(socket, connected), CancellationToken.None));
            }
        }
        catch (OperationCanceledException)
        {
            // The round is over.
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (await SocketRequest.ReadAsync(stream, cancellationToken) is { } request)
            {
                var fault = _script.TryDequeue(out var next) ? next : WireFault.None;
                Interlocked.Increment(ref Met[(int)fault]);
                if (await IsLostAsync(fault, cancellationToken))
                {
                    Reset(socket);
                    return;
                }

                // What was received is done, also where the connection ends meanwhile.
                var answer = await _cloud.HandleAsync(request, CancellationToken.None);
                SessionKeys.Note(answer.Body.Span);
                if (!await SocketAnswer.WriteAsync(stream, answer, fault, cancellationToken))
                {
                    Reset(socket);
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client hung up, the server restarts, or the round is over.
        }
    }

    /// <summary>What happens before the command is looked at; true where it's never looked at.</summary>
    private async Task<bool> IsLostAsync(WireFault fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case WireFault.ResetBeforeProcessing:
                return true;
            case WireFault.StallBeforeProcessing:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return true;
            case WireFault.Restart:
                await RestartAsync();
                return true;
            case WireFault.SessionEnded:
                _cloud.EndSessions();
                return false;
            case WireFault.ClockSkew:
                _clock.Ahead = TimeSpan.FromHours(2);
                return false;
            default:
                return false;
        }
    }

    /// <summary>All connections break, the next one too, pending jobs are lost, and what was changed is kept.</summary>
    private async Task RestartAsync()
    {
        _isDown = 1;
        await Interlocked.Exchange(ref _connected, new CancellationTokenSource()).CancelAsync();
        _cloud.Restart();
    }

    // Without lingering, the other end gets a reset rather than an orderly end.
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
