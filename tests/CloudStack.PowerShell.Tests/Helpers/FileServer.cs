using System.Net;
using System.Net.Sockets;

namespace CloudStack.PowerShell.Tests.Helpers;

/// <summary>A web server on loopback that answers as a test says, and remembers what it was asked.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<string> _asked = [];

    /// <summary>Starts to serve.</summary>
    /// <param name="answer">Answers one request; what it throws breaks the connection.</param>
    public FileServer(Action<HttpListenerContext> answer)
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Url.AbsoluteUri);
        _listener.Start();
        _ = Task.Run(() => ServeAsync(answer));
    }

    public Uri Url { get; }

    /// <summary>The requests, each as its method, path, and the headers that matter to a download.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public void Dispose() => _listener.Close();

    /// <summary>Answers as a web server with one file does, and breaks off after so many bytes of the first answer.</summary>
    public static Action<HttpListenerContext> Giving(byte[] content, string tag, int breakAfter = int.MaxValue)
    {
        var broken = false;
        return context =>
        {
            var start = context.Request.Headers["Range"] is { } range && context.Request.Headers["If-Range"] == tag
                ? int.Parse(range["bytes=".Length..^1])
                : 0;
            context.Response.StatusCode = start > 0 ? 206 : 200;
            context.Response.Headers["ETag"] = tag;
            if (start > 0)
            {
                context.Response.Headers["Content-Range"] = $"bytes {start}-{content.Length - 1}/{content.Length}";
            }

            context.Response.ContentLength64 = content.Length - start;
            var sent = broken ? content.Length - start : Math.Min(breakAfter, content.Length - start);
            context.Response.OutputStream.Write(content, start, sent);
            context.Response.OutputStream.Flush();
            if (sent < content.Length - start)
            {
                broken = true;
                context.Response.Abort();
            }
        };
    }

    private async Task ServeAsync(Action<HttpListenerContext> answer)
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var request = context.Request;
                lock (_asked)
                {
                    _asked.Add($"{request.HttpMethod} {request.Url!.AbsolutePath} {request.Headers["Range"]}".Trim());
                }

                answer(context);
                context.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The other side, or the test, went away.
            }
        }
    }
}
