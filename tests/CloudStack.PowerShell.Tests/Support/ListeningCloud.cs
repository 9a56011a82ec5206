using System.Net;
using System.Net.Sockets;
using CloudStack.Simulator;

namespace CloudStack.PowerShell.Tests.Support;

/// <summary>A simulated cloud on a loopback port, for what only happens over HTTP.</summary>
internal sealed class ListeningCloud : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpMessageInvoker _cloud;
    private readonly Func<byte[], byte[]> _rewrite;
    private readonly Task _serving;

    /// <summary>Starts it.</summary>
    /// <param name="options">The cloud's options.</param>
    /// <param name="rewrite">Changes each answer's bytes on their way, or null.</param>
    public ListeningCloud(SimulatorOptions? options = null, Func<byte[], byte[]>? rewrite = null)
    {
        _rewrite = rewrite ?? (body => body);
        Cloud = new SimulatedCloud(options ?? new SimulatorOptions());
        _cloud = new HttpMessageInvoker(Cloud.CreateHandler());
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public SimulatedCloud Cloud { get; }

    public string Url { get; }

    /// <summary>A script that connects to it as the root administrator.</summary>
    public string Connect => ConnectWith("");

    /// <summary>A script that connects to it as the root administrator.</summary>
    /// <param name="parameters">More parameters of Connect-CsCloud.</param>
    public string ConnectWith(string parameters) => $"$null = Connect-CsCloud -Url {Url} -ApiKey {Cloud.Credentials.RootAdmin.ApiKey} "
        + $"-SecretKey (ConvertTo-SecureString '{Cloud.Credentials.RootAdmin.SecretKey}' -AsPlainText) -Name http {parameters}\n";

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _cloud.Dispose();
        Cloud.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerOrFailAsync(context);
        }
    }

    private async Task AnswerOrFailAsync(HttpListenerContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (Exception error) when (error is HttpRequestException or InvalidOperationException or IOException)
        {
            context.Response.Abort();
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), context.Request.Url);
        if (context.Request.HasEntityBody)
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        foreach (var name in new[] { "Cookie" }.Where(name => context.Request.Headers[name] is not null))
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name]);
        }

        using var answer = await _cloud.SendAsync(request, CancellationToken.None);
        var content = _rewrite(await answer.Content.ReadAsByteArrayAsync());
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
        {
            context.Response.Headers.Add("Set-Cookie", cookie);
        }

        context.Response.ContentLength64 = content.Length;
        await context.Response.OutputStream.WriteAsync(content);
        context.Response.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
