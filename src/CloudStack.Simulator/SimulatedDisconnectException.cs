namespace CloudStack.Simulator;

/// <summary>The simulated server broke the connection; a host must do the same to its client.</summary>
public sealed class SimulatedDisconnectException : IOException
{
    /// <summary>Makes the exception.</summary>
    public SimulatedDisconnectException()
        : base("The simulated server closed the connection without an answer.")
    {
    }
}
