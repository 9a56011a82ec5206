using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Text;

namespace CloudStack.Simulator.Lifecycles.Notices;

/// <summary>
/// Sends to webhooks on this machine only: nothing leaves it, wherever a webhook points, and no redirection or proxy is
/// followed. Three attempts, as the server's settings say.
/// </summary>
internal sealed class WebhookDeliverer : IDisposable
{
    private const int Attempts = 3;
    private const int LongestResponse = 4096;
    private const int MostWaiting = 1000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = NewClient(verifies: true);
    private readonly HttpClient _trusting = NewClient(verifies: false);
    private readonly CancellationTokenSource _end = new();
    private int _waiting;

    /// <summary>False while a cloud makes its past again, which was told already.</summary>
    public bool IsLive { get; set; }

    /// <summary>Sends when there's time.</summary>
    public void Deliver(WebhookMessage message, Outcome outcome)
    {
        if (!IsLive)
        {
            return;
        }

        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            outcome.Result = new DeliveryResult(false, "Too many deliveries are waiting.", "", TimeSpan.Zero);
            return;
        }

        _ = Task.Run(() =>
        {
            DeliverNow(message, outcome);
            Interlocked.Decrement(ref _waiting);
        });
    }

    /// <summary>Sends, and returns when it's known what came of it.</summary>
    public void DeliverNow(WebhookMessage message, Outcome outcome)
    {
        var watch = Stopwatch.StartNew();
        var headers = string.Join('\n', message.Headers.Select(header => $"{header.Key}: {header.Value}").Append($"Content-Type: {message.ContentType}"));
        var (isSuccess, response) = (false, $"Not delivered: {message.Address.Host} isn't this machine, and the simulator sends nowhere else.");
        for (var attempt = 0; attempt < Attempts && !isSuccess && IsLoopback(message.Address) && !_end.IsCancellationRequested; attempt++)
        {
            (isSuccess, response) = Send(message);
        }

        outcome.Result = new DeliveryResult(isSuccess, response, headers, watch.Elapsed);
    }

    public void Dispose()
    {
        _end.Cancel();
        _client.Dispose();
        _trusting.Dispose();
    }

    private (bool IsSuccess, string Response) Send(WebhookMessage message)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, message.Address)
            {
                Content = new StringContent(message.Payload, Encoding.UTF8, message.ContentType),
            };
            foreach (var (name, value) in message.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            var client = message.VerifiesCertificate ? _client : _trusting;
            using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, _end.Token);
            using var reader = new StreamReader(response.Content.ReadAsStream(_end.Token), Encoding.UTF8);
            var text = new char[LongestResponse];
            return (response.StatusCode == HttpStatusCode.OK, new string(text, 0, reader.ReadBlock(text)));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            return (false, $"Failed: {error.Message}");
        }
    }

    private static bool IsLoopback(Uri address) =>
        address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static HttpClient NewClient(bool verifies)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = Timeout };
        if (!verifies)
        {
#pragma warning disable CA5359 // The webhook says so, and its address is on this machine.
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return new HttpClient(handler, disposeHandler: true) { Timeout = Timeout };
    }
}
