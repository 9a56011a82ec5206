using System.Runtime.CompilerServices;
using Cloud.Core.Errors;
using CloudStack.Mcp.Engines.PowerShell;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Engines;

/// <summary>The engine of a server, as the operator chose it and as this machine allows.</summary>
internal sealed class EngineChoice : IDisposable
{
    // On two cores, loading PowerShell beside the client's greeting would double the time to its answer.
    private static readonly TimeSpan Greeting = TimeSpan.FromMilliseconds(200);

    private EngineChoice(IEngine engine, string note) => (Engine, Note) = (engine, note);

    /// <summary>The engine.</summary>
    public IEngine Engine { get; }

    /// <summary>Which engine it is, and why, in one line.</summary>
    public string Note { get; }

    /// <summary>Chooses the engine. Nothing of PowerShell is loaded yet.</summary>
    /// <param name="kind">The operator's choice.</param>
    /// <param name="cloud">The cloud.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: PowerShell was chosen and can't be used.</exception>
    public static EngineChoice Open(EngineKind kind, EngineCloud cloud)
    {
        var direct = new DirectEngine(cloud);
        if (kind == EngineKind.Direct)
        {
            return new EngineChoice(direct, "The engine is direct.");
        }

        try
        {
            var home = PowerShellSearch.Here.Find(Environment.Version);
            EngineAssemblies.Use(home, ModuleSearch.Here.Find().Assembly);
            return Host(home, cloud, direct);
        }
        catch (CloudException error) when (kind == EngineKind.Auto)
        {
            return new EngineChoice(direct, $"The engine is direct: {error.Message} {error.NextStep}");
        }
    }

    /// <summary>Tells which engine it is, and prepares it in the background, so that neither start nor first call waits for it.</summary>
    /// <param name="logger">Hears of it, or null.</param>
    public void Warm(ILoggerFactory? logger)
    {
        var log = logger?.CreateLogger<EngineChoice>();
        if (log?.IsEnabled(LogLevel.Information) == true)
        {
            log.LogInformation("{Note}", Note);
        }

        if (Engine is IHostedEngine hosted)
        {
            new Thread(() => Warm(hosted, log)) { IsBackground = true, Name = "PowerShell" }.Start();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => (Engine as IHostedEngine)?.Dispose();

    // A method of its own: what it names is loaded when it's compiled, and must be there to be found by then.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static EngineChoice Host(PowerShellHome home, EngineCloud cloud, DirectEngine direct) => new(
        new PowerShellEngine(cloud, direct),
        $"The engine is the PowerShell {home.Version.ToString(3)} in '{home.Folder}'.");

    private static void Warm(IHostedEngine hosted, ILogger? log)
    {
        Thread.Sleep(Greeting);
        try
        {
            hosted.Warm();
        }
        catch (Exception error)
        {
            // The first call meets the same fault and tells it to who called.
            log?.LogWarning(error, "PowerShell could not be prepared.");
        }
    }
}
