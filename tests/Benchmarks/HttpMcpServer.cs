using System.Diagnostics;

namespace Benchmarks;

/// <summary>A server process that serves over HTTP.</summary>
internal sealed class HttpMcpServer : IDisposable
{
    private const string Announcement = "MCP is served on ";

    private static readonly string AuditPath = Path.Combine(Path.GetTempPath(), $"cloudstack-http-benchmark-{Environment.ProcessId}.jsonl");

    private readonly Process _process;
    private readonly Uri _url;

    private HttpMcpServer(Process process, Uri url) => (_process, _url) = (process, url);

    /// <summary>The largest resident memory so far, in MB; null where the system doesn't tell.</summary>
    public double? PeakMegabytes => ProcessMemory.PeakMegabytes(_process);

    public static async Task<HttpMcpServer> StartAsync(string server, SimulatedServer cloud)
    {
        var start = new ProcessStartInfo(server, ["serve", "--http", "http://127.0.0.1:0"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CLOUDSTACK_API_URL"] = cloud.Url.ToString();
        start.Environment["CLOUDSTACK_API_KEY"] = cloud.ApiKey;
        start.Environment["CLOUDSTACK_SECRET_KEY"] = cloud.SecretKey;
        start.Environment["CLOUDSTACK_AUDIT_LOG"] = AuditPath;
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginErrorReadLine();
        var said = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server ended.");
        return new HttpMcpServer(process, new Uri(said[Announcement.Length..]));
    }

    /// <summary>A caller with a connection of its own, and a session of its own where it has one.</summary>
    public Task<HttpMcpCaller> ConnectAsync(bool stateless) => HttpMcpCaller.ConnectAsync(_url, stateless);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(AuditPath);
    }
}
