using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Faults;

/// <summary>Stands between client and simulated cloud; each request meets the next fault of the script.</summary>
internal sealed class FaultyWire(SimulatedCloud cloud, VirtualTime time, ServerClock clock) : DelegatingHandler(cloud.CreateHandler())
{
    private readonly AsyncLocal<ConcurrentQueue<WireFault>?> _script = new();

    /// <summary>The keys of all sessions that were opened.</summary>
    public SessionKeys SessionKeys { get; } = new();

    /// <summary>How often each fault was met, by its number.</summary>
    public int[] Met { get; } = new int[Enum.GetValues<WireFault>().Length];

    /// <summary>Sets the faults that the requests of the operation that is begun here meet; further ones meet none.</summary>
    public void Follow(IEnumerable<WireFault> faults) => _script.Value = new ConcurrentQueue<WireFault>(faults);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var fault = _script.Value?.TryDequeue(out var next) == true ? next : WireFault.None;
        Interlocked.Increment(ref Met[(int)fault]);
        return await InsteadAsync(fault, request, cancellationToken)
            ?? await SpoilAsync(fault, await base.SendAsync(request, cancellationToken), cancellationToken);
    }

    /// <summary>What happens in place of the command; null where the command is done.</summary>
    private async Task<HttpResponseMessage?> InsteadAsync(WireFault fault, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case WireFault.ConnectRefused:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
            case WireFault.Restart:
                cloud.Restart();
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
            case WireFault.ResetBeforeSend:
                throw new HttpRequestException(HttpRequestError.Unknown, "Error while copying content to a stream.", new IOException("Broken pipe"));
            case WireFault.ResetBeforeProcessing:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
            case WireFault.StallBeforeProcessing:
                await StallAsync(cancellationToken);
                return null;
            case WireFault.BadGateway:
                return Page(502, "<html><body>Bad gateway</body></html>", "text/html");
            case WireFault.Unavailable:
                return Page(503, """{"errorresponse":{"uuidList":[],"errorcode":503,"errortext":"Maintenance"}}""", "application/json");
            case WireFault.EchoedRequest:
                var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
                return Page(500, $"oops: {body} {request.RequestUri}", "text/plain");
            case WireFault.Throttled:
                return Page(429, """{"errorresponse":{"errorcode":429,"errortext":"limit, please retry after [300] ms."}}""", "application/json");
            case WireFault.SessionEnded:
                cloud.EndSessions();
                return null;
            case WireFault.ClockSkew:
                clock.Ahead = TimeSpan.FromHours(2);
                return null;
            case WireFault.JobLost:
                cloud.Faults.Inject(new SimulatorFault(FaultKind.LoseJob));
                return null;
            case WireFault.JobFails:
                cloud.Faults.Inject(new SimulatorFault(FaultKind.FailJob));
                return null;
            default:
                return null;
        }
    }

    /// <summary>What becomes of the answer to a command that was done.</summary>
    private async Task<HttpResponseMessage> SpoilAsync(WireFault fault, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        SessionKeys.Note(bytes);
        switch (fault)
        {
            case WireFault.ResetAfterProcessing:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
            case WireFault.StallAfterProcessing:
                await StallAsync(cancellationToken);
                break;
            case WireFault.GatewayTimeout:
                return Page(504, "<html><body>Gateway timeout</body></html>", "text/html");
            case WireFault.HalfAnswer:
                answer.Content = new StreamContent(new DrippingStream(bytes[..(bytes.Length / 2)], time, TimeSpan.Zero) { Breaks = true });
                break;
            case WireFault.SlowDrip:
                answer.Content = new StreamContent(new DrippingStream(bytes, time, TimeSpan.FromSeconds(10)));
                break;
            case WireFault.EndlessDrip:
                answer.Content = new StreamContent(new DrippingStream(bytes, time, TimeSpan.FromMinutes(5)));
                break;
            case WireFault.WrongLength:
                answer.Content = new ByteArrayContent(bytes[..(bytes.Length - 7)]);
                answer.Content.Headers.ContentLength = bytes.Length;
                break;
            case WireFault.BadGzip:
                answer.Content = new StreamContent(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
                break;
            case WireFault.InvalidUtf8:
                bytes[bytes.Length / 2] = 0xFF;
                answer.Content = new ByteArrayContent(bytes);
                break;
        }

        return answer;
    }

    private async Task StallAsync(CancellationToken cancellationToken)
    {
        time.Advance(TimeSpan.FromMinutes(11));
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private static HttpResponseMessage Page(int status, string text, string type) =>
        new((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, type) };
}
