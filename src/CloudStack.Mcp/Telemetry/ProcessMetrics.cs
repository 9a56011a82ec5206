using System.Diagnostics.Metrics;

namespace CloudStack.Mcp.Telemetry;

/// <summary>What the process uses.</summary>
internal static class ProcessMetrics
{
    /// <summary>The meter's name.</summary>
    public const string Name = "CloudStack.Mcp.Process";

    /// <summary>Makes the instruments.</summary>
    public static Meter Create()
    {
        var meter = new Meter(Name);
        meter.CreateObservableGauge("process.resident.memory", () => Environment.WorkingSet, "By", "Memory of the process.");
        meter.CreateObservableGauge("process.managed.memory", () => GC.GetTotalMemory(forceFullCollection: false), "By", "Memory of live and dead objects.");
        meter.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time of the process.");
        meter.CreateObservableGauge("process.threads", () => (long)ThreadPool.ThreadCount, "{thread}", "Threads of the pool.");
        return meter;
    }
}
