using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Web;
using CloudStack.Client;
using CloudStack.Simulator;

namespace Benchmarks;

/// <summary>
/// A server over loopback HTTP that answers <c>listVirtualMachines</c> with ready bytes, so that what asks is measured and not
/// the cloud; anything else is answered once by a simulated cloud and then repeated. The first part of the path says how
/// many machines there are: <c>/5000/client/api</c>.
/// </summary>
internal sealed class ReplayServer : IDisposable
{
    private const string AnyId = "00000000-0000-4000-8000-000000000000";

    private readonly HttpListener _listener = new();
    private readonly SimulatedCloud _cloud = new(new SimulatorOptions { MachineCount = 600 });
    private readonly HttpMessageInvoker _asked;
    private readonly Dictionary<string, byte[]> _answers = [];
    private readonly string[] _rows;

    private ReplayServer(string[] rows)
    {
        _asked = new HttpMessageInvoker(_cloud.CreateHandler());
        _rows = rows;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it answers, without a path.</summary>
    public string Url { get; }

    /// <summary>Whose keys the simulated cloud accepts.</summary>
    public SimulatorUser Caller => _cloud.Credentials.RootAdmin;

    /// <summary>Records some machines and starts.</summary>
    public static async Task<ReplayServer> StartAsync()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { MachineCount = 600 });
        using var provider = CloudStackProvider.Create(SimulatedMachines.Connection(cloud), cloud.CreateHandler());
        var rows = new List<string>();
        await foreach (var page in provider.PageAsync(SimulatedMachines.List(provider), new(0, 500), default))
        {
            rows.AddRange(page.Objects.Select(machine => machine.GetJson().GetRawText().Replace(
                machine.GetText("id")!, AnyId, StringComparison.Ordinal)));
        }

        return new ReplayServer([.. rows]);
    }

    public void Dispose()
    {
        _listener.Close();
        _asked.Dispose();
        _cloud.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => AnswerAsync(context));
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var query = HttpUtility.ParseQueryString(context.Request.Url!.Query);
        var body = query["command"] == "listVirtualMachines" && query["page"] is { } page
            ? Page(
                int.Parse(context.Request.Url.Segments[1].TrimEnd('/'), CultureInfo.InvariantCulture),
                int.Parse(page, CultureInfo.InvariantCulture),
                int.Parse(query["pagesize"]!, CultureInfo.InvariantCulture))
            : await OnceAsync(query["command"]!, context.Request.Url);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }

    private byte[] Page(int total, int number, int size)
    {
        lock (_answers)
        {
            var key = $"{total}/{number}/{size}";
            if (!_answers.TryGetValue(key, out var body))
            {
                var first = (number - 1) * size;
                var text = new StringBuilder(
                    string.Create(CultureInfo.InvariantCulture, $$"""{"listvirtualmachinesresponse":{"count":{{total}},"virtualmachine":["""));
                for (var i = first; i < Math.Min(total, first + size); i++)
                {
                    text.Append(i > first ? "," : "").Append(_rows[i % _rows.Length].Replace(
                        AnyId, string.Create(CultureInfo.InvariantCulture, $"{i:x8}-0000-4000-8000-000000000000"), StringComparison.Ordinal));
                }

                body = Encoding.UTF8.GetBytes(text.Append("]}}").ToString());
                if (total <= 5000)
                {
                    _answers[key] = body;
                }
            }

            return body;
        }
    }

    private async Task<byte[]> OnceAsync(string command, Uri url)
    {
        lock (_answers)
        {
            if (_answers.TryGetValue(command, out var known))
            {
                return known;
            }
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://simulator.example/client/api" + url.Query));
        using var answer = await _asked.SendAsync(request, CancellationToken.None);
        var body = await answer.Content.ReadAsByteArrayAsync();
        lock (_answers)
        {
            _answers[command] = body;
        }

        return body;
    }
}
