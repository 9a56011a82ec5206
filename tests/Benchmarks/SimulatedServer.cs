using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Benchmarks;

/// <summary>A simulated cloud in a process of its own, so that its work isn't measured with the server's.</summary>
internal sealed class SimulatedServer : IDisposable
{
    private readonly Process _process;

    private SimulatedServer(Process process, JsonElement announced)
    {
        _process = process;
        Url = new Uri(announced.GetProperty("url").GetString()!);
        ApiKey = announced.GetProperty("apiKey").GetString()!;
        SecretKey = announced.GetProperty("secretKey").GetString()!;
    }

    public Uri Url { get; }

    public string ApiKey { get; }

    public string SecretKey { get; }

    /// <summary>The most memory that was resident at once.</summary>
    public double PeakMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<SimulatedServer> StartAsync(string server, int machines)
    {
        var start = new ProcessStartInfo(
            server,
            ["simulate", "--json", "--http", "http://127.0.0.1:0", "--job-seconds", "0", "--seed", machines.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The simulator ended.");
        return new SimulatedServer(process, JsonDocument.Parse(line).RootElement);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
