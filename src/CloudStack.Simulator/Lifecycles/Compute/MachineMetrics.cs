using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>What a running machine uses. The figures move with the clock and differ from machine to machine.</summary>
internal static class MachineMetrics
{
    private static readonly (string Field, long PerSecond)[] Counters =
    [
        ("networkkbsread", 40), ("networkkbswrite", 25), ("diskkbsread", 60), ("diskkbswrite", 90), ("diskioread", 3), ("diskiowrite", 5),
    ];

    /// <summary>Ties a machine's figures to the clock, from its start on.</summary>
    public static void Follow(CloudState state, Entity machine)
    {
        var started = state.Clock.GetUtcNow();
        var pace = PaceOf(machine);
        foreach (var (field, perSecond) in Counters)
        {
            machine[field] = new Counter(state.Clock, started, perSecond * pace);
        }

        machine["cpuused"] = new Load(state.Clock, pace);
        machine["memorykbs"] = machine.Number("memory") * 1024;
        machine["memorytargetkbs"] = machine.Number("memory") * 1024;
        machine["memoryintfreekbs"] = machine.Number("memory") * 1024 / (1 + pace);
    }

    /// <summary>A stopped machine shows no figures.</summary>
    public static void Clear(Entity machine)
    {
        foreach (var (field, _) in Counters)
        {
            machine[field] = null;
        }

        foreach (var field in (string[])["cpuused", "memorykbs", "memorytargetkbs", "memoryintfreekbs"])
        {
            machine[field] = null;
        }
    }

    /// <summary>What a running machine used at a moment since its start.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="figures">Where to; an object with fields of the same names.</param>
    /// <param name="started">When it started.</param>
    /// <param name="moment">The moment.</param>
    public static void Show(Entity machine, Entity figures, DateTimeOffset started, DateTimeOffset moment)
    {
        var pace = PaceOf(machine);
        foreach (var (field, perSecond) in Counters)
        {
            figures.TrySet(field, Counter.At(moment - started, perSecond * pace));
        }

        figures.TrySet("cpuused", Load.At(moment, pace));
        figures.TrySet("memorykbs", machine.Number("memory") * 1024);
        figures.TrySet("memorytargetkbs", machine.Number("memory") * 1024);
        figures.TrySet("memoryintfreekbs", machine.Number("memory") * 1024 / (1 + pace));
    }

    private static int PaceOf(Entity machine) => 1 + (machine.Id[0] % 7);

    private sealed class Counter(TimeProvider clock, DateTimeOffset started, long perSecond) : FieldSource
    {
        public override object? Read() => At(clock.GetUtcNow() - started, perSecond);

        public static long At(TimeSpan time, long perSecond) => (long)time.TotalSeconds * perSecond;
    }

    private sealed class Load(TimeProvider clock, int pace) : FieldSource
    {
        private const double Swing = 600;

        public override object? Read() => At(clock.GetUtcNow(), pace);

        public static string At(DateTimeOffset moment, int pace)
        {
            var wave = Math.Sin(moment.ToUnixTimeSeconds() / Swing * Math.PI * 2);
            return ((pace * 7) + (5 * wave)).ToString("0.00", CultureInfo.InvariantCulture) + "%";
        }
    }
}
