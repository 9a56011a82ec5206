using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Metrics;

/// <summary>
/// What hosts use at a moment: a base load and a part of what their machines were given, which swings with the time and
/// differs from host to host.
/// </summary>
/// <param name="CpuTotal">MHz that there are.</param>
/// <param name="CpuAllocated">MHz given to machines.</param>
/// <param name="CpuUsed">MHz at work.</param>
/// <param name="MemoryTotal">Bytes that there are.</param>
/// <param name="MemoryAllocated">Bytes given to machines.</param>
/// <param name="MemoryUsed">Bytes in use.</param>
internal readonly record struct HostUse(
    double CpuTotal, double CpuAllocated, double CpuUsed, double MemoryTotal, double MemoryAllocated, double MemoryUsed)
{
    private const double BaseCpu = 0.02;
    private const double BaseMemory = 4L << 30;
    private const double Swing = 1800;

    public static HostUse Of(Entity host, DateTimeOffset moment)
    {
        var total = (double)host.Number("cpunumber") * host.Number("cpuspeed");
        var load = HostLoad.Of(host);
        if (host.State != "Up")
        {
            return new HostUse(total, load.CpuMegahertz, 0, host.Number("memorytotal"), load.MemoryBytes, 0);
        }

        var wave = Math.Sin((moment.ToUnixTimeSeconds() / Swing * Math.PI * 2) + host.Id[0]);
        var cpu = Math.Min(total, (total * BaseCpu) + (load.CpuMegahertz * (0.35 + (0.15 * wave))));
        var memory = Math.Min(host.Number("memorytotal"), BaseMemory + (load.MemoryBytes * (0.7 + (0.05 * wave))));
        return new HostUse(total, load.CpuMegahertz, cpu, host.Number("memorytotal"), load.MemoryBytes, memory);
    }

    public static HostUse operator +(HostUse a, HostUse b) => new(
        a.CpuTotal + b.CpuTotal, a.CpuAllocated + b.CpuAllocated, a.CpuUsed + b.CpuUsed,
        a.MemoryTotal + b.MemoryTotal, a.MemoryAllocated + b.MemoryAllocated, a.MemoryUsed + b.MemoryUsed);

    public static HostUse Add(HostUse left, HostUse right) => left + right;
}
