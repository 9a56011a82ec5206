namespace CloudStack.Client.Tests.Faults;

/// <summary>What may happen to one request on its way, at the server, or to its answer.</summary>
internal enum WireFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>No connection comes about.</summary>
    ConnectRefused,

    /// <summary>The connection breaks while the request is written; the server sees nothing of use.</summary>
    ResetBeforeSend,

    /// <summary>The server got the request and breaks the connection before it looks at it.</summary>
    ResetBeforeProcessing,

    /// <summary>The command is done, and the connection breaks before the answer.</summary>
    ResetAfterProcessing,

    /// <summary>The command is done, and half of the answer arrives.</summary>
    HalfAnswer,

    /// <summary>The command is done, and the answer comes in drops, slowly but in time.</summary>
    SlowDrip,

    /// <summary>The command is done, and the answer comes so slowly that time runs out in the middle.</summary>
    EndlessDrip,

    /// <summary>The server takes the request and never looks at it.</summary>
    StallBeforeProcessing,

    /// <summary>The command is done, and no byte of an answer ever comes.</summary>
    StallAfterProcessing,

    /// <summary>A proxy answers 502 with a page; nothing is done.</summary>
    BadGateway,

    /// <summary>The server answers 503 in the API's form; nothing is done.</summary>
    Unavailable,

    /// <summary>The command is done, and a proxy answers 504.</summary>
    GatewayTimeout,

    /// <summary>A broken proxy answers 500 with the whole request in its text; nothing is done.</summary>
    EchoedRequest,

    /// <summary>The server limits the rate.</summary>
    Throttled,

    /// <summary>The command is done; the answer is shorter than it says.</summary>
    WrongLength,

    /// <summary>The command is done; the answer says it's gzip and isn't.</summary>
    BadGzip,

    /// <summary>The command is done; a byte of the answer isn't UTF-8.</summary>
    InvalidUtf8,

    /// <summary>From now on the server's clock is two hours ahead.</summary>
    ClockSkew,

    /// <summary>The job that this request starts is lost.</summary>
    JobLost,

    /// <summary>The job that this request starts fails.</summary>
    JobFails,

    /// <summary>All sessions have ended when the request comes.</summary>
    SessionEnded,

    /// <summary>The server restarts and takes no connection meanwhile; jobs are lost, what was changed is kept.</summary>
    Restart,
}
