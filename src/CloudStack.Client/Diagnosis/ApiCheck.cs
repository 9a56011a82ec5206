using System.Globalization;
using System.Text.Json;
using CloudStack.Client.Connection;

namespace CloudStack.Client.Diagnosis;

/// <summary>What answers at the address, asked without a signature: CloudStack's API, or something else.</summary>
/// <param name="connection">Where to ask, and which certificates are trusted.</param>
/// <param name="time">The clock.</param>
internal sealed class ApiCheck(CloudStackConnection connection, TimeProvider time) : ICheck
{
    private const int LargestAnswer = 64 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public string Name => "api";

    /// <summary>How far the server's clock is ahead of this machine's, to the second; null where it doesn't say.</summary>
    public TimeSpan? ClockAhead { get; private set; }

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        using var handler = ConnectionHandler.Create(connection);
        using var http = new HttpClient(handler) { Timeout = Longest };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            var begun = time.GetUtcNow();
            using var answer = await http.GetAsync(
                new Uri($"{connection.Url}?command=listCapabilities&response=json"), HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            ClockAhead = answer.Headers.Date - (begun + ((time.GetUtcNow() - begun) / 2));
            return Judge(answer, await ReadAsync(answer, limit.Token).ConfigureAwait(false));
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Finding.Fail(
                $"the connection broke before an answer came: {error.Message}", "Check the port, and whether the address should start with https://.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Fail($"no answer within {Longest.TotalSeconds} s", "Check that the management server runs.");
        }
    }

    private static Finding Judge(HttpResponseMessage answer, ReadOnlyMemory<byte> body)
    {
        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (answer.Headers.Location is { } location)
        {
            var target = location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.OriginalString;
            return Finding.Fail($"HTTP {status}: it sends elsewhere, to {target}", "Use the address that it sends to.");
        }

        return IsEnvelope(body)
            ? Finding.Ok($"CloudStack's API (HTTP {status} to an unsigned request)")
            : Finding.Fail(
                $"HTTP {status} with {answer.Content.Headers.ContentType?.MediaType ?? "no content"}: this isn't CloudStack's API",
                "Check the address; it usually ends in /client/api.");
    }

    // {"listcapabilitiesresponse":{"errorcode":401,…}}
    private static bool IsEnvelope(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.Object
                    && member.Name is "listcapabilitiesresponse" or "errorresponse");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = body.ConfigureAwait(false);
        var buffer = new byte[LargestAnswer];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return buffer.AsMemory(0, length);
    }
}
