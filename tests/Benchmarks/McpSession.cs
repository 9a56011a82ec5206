using System.Diagnostics;
using System.Text.Json;

namespace Benchmarks;

/// <summary>A server process spoken to line by line, so that no client library's time is measured with it.</summary>
internal sealed class McpSession : IDisposable
{
    private static readonly string AuditPath = Path.Combine(Path.GetTempPath(), $"cloudstack-benchmark-{Environment.ProcessId}.jsonl");

    private readonly Process _process;
    private int _id;

    /// <param name="server">The published program.</param>
    /// <param name="cloud">The cloud; null where the options say which.</param>
    /// <param name="options">Options of <c>serve</c>.</param>
    public McpSession(string server, SimulatedServer? cloud, params string[] options)
    {
        var start = new ProcessStartInfo(server, ["serve", .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CLOUDSTACK_API_URL"] = cloud?.Url.ToString();
        start.Environment["CLOUDSTACK_API_KEY"] = cloud?.ApiKey;
        start.Environment["CLOUDSTACK_SECRET_KEY"] = cloud?.SecretKey;
        start.Environment["CLOUDSTACK_AUDIT_LOG"] = AuditPath;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>The largest resident memory so far, in MB; null where the system doesn't tell.</summary>
    public double? PeakMegabytes => ProcessMemory.PeakMegabytes(_process);

    /// <summary>The processor time so far, over all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public async Task InitializeAsync()
    {
        await AskAsync("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}""");
        await _process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        await _process.StandardInput.FlushAsync();
    }

    public async Task<int> CallAsync(string tool, string arguments)
    {
        var answer = await AskAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");
        return answer.Contains("\"isError\":true", StringComparison.Ordinal)
            ? throw new InvalidOperationException(answer[..Math.Min(answer.Length, 2000)])
            : answer.Length;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
        {
            _process.Kill();
        }

        _process.Dispose();
        File.Delete(AuditPath);
    }

    private async Task<string> AskAsync(string method, string parameters)
    {
        var id = ++_id;
        await _process.StandardInput.WriteLineAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        await _process.StandardInput.FlushAsync();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            using var message = JsonDocument.Parse(line);
            if (message.RootElement.TryGetProperty("id", out var answered) && answered.TryGetInt32(out var number) && number == id)
            {
                return line;
            }
        }

        throw new InvalidOperationException("The server ended.");
    }
}
