using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>
/// One JSON-RPC message a line, in and out. An input that ends still gets the answers under way; a line that is too long or no
/// message is answered with an error and passed over.
/// </summary>
internal sealed class LineTransport : ITransport
{
    /// <summary>The most bytes of one line of input.</summary>
    public const int LongestLine = 1 << 20;

    /// <summary>The most requests that may be under way at once; further ones are refused, because answers to our questions come by the same line.</summary>
    public const int MostUnderWay = 256;

    private const string Gone = "The client has gone, and can't be asked; nothing was changed.";

    private readonly Channel<JsonRpcMessage> _received = Channel.CreateBounded<JsonRpcMessage>(16);
    private readonly ConcurrentDictionary<RequestId, bool> _asked = new();
    private readonly ConcurrentDictionary<RequestId, bool> _underWay = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly PipeReader _input;
    private readonly Stream _output;
    private readonly Task _reading;
    private volatile bool _gone;

    /// <summary>Begins to read.</summary>
    /// <param name="input">Where messages come from.</param>
    /// <param name="output">Where messages go.</param>
    public LineTransport(Stream input, Stream output)
    {
        _input = PipeReader.Create(input);
        _output = output;
        _reading = Task.Run(ReadAsync);
    }

    /// <inheritdoc/>
    public string? SessionId => null;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _received.Reader;

    /// <summary>The transport over standard input and output.</summary>
    public static LineTransport OfProcess() => new(Console.OpenStandardInput(), Console.OpenStandardOutput());

    /// <inheritdoc/>
    /// <exception cref="McpException">A question, and nobody is left who could answer it.</exception>
    /// <exception cref="IOException">Nobody reads.</exception>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        if (message is JsonRpcRequest question)
        {
            _asked[question.Id] = true;
            if (_gone && _asked.TryRemove(question.Id, out _))
            {
                throw new McpException(Gone);
            }
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            _line.ResetWrittenCount();
            using (var writer = new Utf8JsonWriter(_line, JsonRpcText.Written))
            {
                JsonSerializer.Serialize(writer, message, JsonRpcText.Form);
            }

            _line.Write("\n"u8);
            await _output.WriteAsync(_line.WrittenMemory, cancellationToken);
            await _output.FlushAsync(cancellationToken);
        }
        finally
        {
            if (message is JsonRpcResponse or JsonRpcError)
            {
                _underWay.TryRemove(((JsonRpcMessageWithId)message).Id, out _);
            }

            _turn.Release();
        }
    }

    /// <summary>Reads no more, as if the input had ended.</summary>
    public void Close() => _closed.Cancel();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _closed.CancelAsync();
        await _reading;
        _closed.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            var tooLong = false;
            ReadResult read;
            do
            {
                // Reading a console can't be stopped; what still hangs there ends with the process.
                read = await _input.ReadAsync(CancellationToken.None).AsTask().WaitAsync(_closed.Token);
                var rest = read.Buffer;
                while (Cut(ref rest) is { } line)
                {
                    await (tooLong ? Task.CompletedTask : TakeAsync(line));
                    tooLong = false;
                }

                if (rest.Length > LongestLine || (read.IsCompleted && !rest.IsEmpty))
                {
                    await (tooLong ? Task.CompletedTask : TakeAsync(rest));
                    tooLong = true;
                    rest = rest.Slice(rest.End);
                }

                _input.AdvanceTo(rest.Start, rest.End);
            }
            while (!read.IsCompleted);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The server ends, or its input broke off.
        }

        await LeaveAsync();
    }

    private static ReadOnlySequence<byte>? Cut(ref ReadOnlySequence<byte> rest)
    {
        if (rest.PositionOf((byte)'\n') is not { } end)
        {
            return null;
        }

        var line = rest.Slice(0, end);
        rest = rest.Slice(rest.GetPosition(1, end));
        return line;
    }

    private async Task TakeAsync(ReadOnlySequence<byte> line)
    {
        if (IsBlank(line))
        {
            return;
        }

        var (message, error) = line.Length <= LongestLine
            ? JsonRpcText.Parse(line)
            : (null, JsonRpcText.Error(
                JsonRpcText.FindId(line), McpErrorCode.InvalidRequest, $"The message is longer than {LongestLine} bytes; send less at once."));
        if (error is not null)
        {
            await SendMessageAsync(error, _end.Token);
            return;
        }

        if (message is JsonRpcResponse or JsonRpcError)
        {
            _asked.TryRemove(((JsonRpcMessageWithId)message).Id, out _);
        }
        else if (message is JsonRpcRequest request && !IsTaken(request.Id))
        {
            await SendMessageAsync(
                JsonRpcText.Error(request.Id, McpErrorCode.InternalError, $"{MostUnderWay} requests are under way; wait for answers, then ask again."), _end.Token);
            return;
        }
        else if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification } cancelled)
        {
            Forget(cancelled);
        }

        await _received.Writer.WriteAsync(message!, _end.Token);
    }

    private bool IsTaken(RequestId id) => _underWay.Count < MostUnderWay && (_underWay[id] = true);

    // A cancelled request gets no answer.
    private void Forget(JsonRpcNotification cancelled)
    {
        try
        {
            if ((cancelled.Params as JsonObject)?["requestId"] is { } id)
            {
                _underWay.TryRemove(id.Deserialize<RequestId>(JsonRpcText.Form.Options), out _);
            }
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            // It names no request, a member twice, or a text that is none.
        }
    }

    // Calls that wait for the client's word would wait for ever: they hear that it has gone, and answer that.
    private async Task LeaveAsync()
    {
        _gone = true;
        foreach (var id in _asked.Keys)
        {
            try
            {
                await _received.Writer.WriteAsync(JsonRpcText.Error(id, McpErrorCode.InternalError, Gone), _end.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        _received.Writer.TryComplete();
    }

    private static bool IsBlank(in ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }
}
