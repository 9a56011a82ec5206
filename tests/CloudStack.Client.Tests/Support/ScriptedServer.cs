using System.Net;
using System.Text;

namespace CloudStack.Client.Tests.Support;

/// <summary>A server that answers from a script and keeps a log, for answers that no well-behaved server gives.</summary>
internal sealed class ScriptedServer : HttpMessageHandler
{
    private readonly Queue<Func<SentRequest, HttpResponseMessage>> _script = new();

    /// <summary>Everything that was received, in order.</summary>
    public List<SentRequest> Log { get; } = [];

    /// <summary>Answers what the script has no answer for.</summary>
    public Func<SentRequest, HttpResponseMessage> Otherwise { get; init; } =
        request => throw new InvalidOperationException($"No answer is scripted for {request.Command}.");

    public ScriptedServer Then(string json, int status = 200) => Then(_ => Json(json, status));

    public ScriptedServer Then(Func<SentRequest, HttpResponseMessage> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public ScriptedServer ThenThrow(Exception exception) => Then(_ => throw exception);

    public static HttpResponseMessage Json(string json, int status = 200) => Text(json, "application/json", status);

    public static HttpResponseMessage Text(string text, string type, int status = 200) => new((HttpStatusCode)status)
    {
        Content = new StringContent(text, Encoding.UTF8, type),
    };

    public static HttpResponseMessage Bytes(byte[] bytes, int status = 200) => new((HttpStatusCode)status)
    {
        Content = new ByteArrayContent(bytes),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = await SentRequest.ReadAsync(request);
        Func<SentRequest, HttpResponseMessage> answer;
        lock (Log)
        {
            Log.Add(sent);
            answer = _script.Count > 0 ? _script.Dequeue() : Otherwise;
        }

        return answer(sent);
    }
}
