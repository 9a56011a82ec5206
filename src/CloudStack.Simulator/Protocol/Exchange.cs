using Cloud.Core.Catalog;
using CloudStack.Simulator.Identity;

namespace CloudStack.Simulator.Protocol;

/// <summary>What is known about a request while it's answered.</summary>
internal sealed class Exchange(SimulatedRequest request, DateTimeOffset time)
{
    public SimulatedRequest Request { get; } = request;

    public DateTimeOffset Time { get; } = time;

    public RequestParameters? Parameters { get; set; }

    public CommandSpec? Command { get; set; }

    public Caller? Caller { get; set; }

    /// <summary>What is made to go wrong with it, or null.</summary>
    public SimulatorFault? Fault { get; set; }

    public bool ChangedState { get; set; }
}
