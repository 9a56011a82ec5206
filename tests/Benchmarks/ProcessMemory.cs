using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>The memory of another process.</summary>
internal static class ProcessMemory
{
    /// <summary>The largest resident memory so far, in MB; null where the system doesn't tell.</summary>
    public static double? PeakMegabytes(Process process)
    {
        var status = $"/proc/{process.Id}/status";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(l => l.StartsWith("VmHWM", StringComparison.Ordinal)) : null;
        return line is null ? null : double.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }
}
