using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Faults;

/// <summary>A simulated cloud, a client, and something between the two that makes trouble.</summary>
internal interface ITestBed : IAsyncDisposable
{
    SimulatedCloud Cloud { get; }

    CloudStackProvider Provider { get; }

    TimeProvider Time { get; }

    /// <summary>How long a round may take by the bed's clock.</summary>
    TimeSpan LongestWait { get; }

    /// <summary>What nobody may get to see.</summary>
    IEnumerable<string> Secrets { get; }

    /// <summary>Sets the faults that the requests of the operation that is begun here meet; further ones meet none.</summary>
    void Follow(IReadOnlyList<WireFault> faults);

    /// <summary>Ends all trouble and lets the jobs that go on come to their end.</summary>
    Task SettleAsync();
}
