namespace CloudStack.Simulator;

/// <summary>What can go wrong on purpose.</summary>
public enum FaultKind
{
    /// <summary>The server refuses with <see cref="SimulatorFault.Status"/>; nothing is done.</summary>
    Refuse,

    /// <summary>The server answers 429 and says how many milliseconds to wait; nothing is done.</summary>
    Throttle,

    /// <summary>A proxy answers with an HTML page and <see cref="SimulatorFault.Status"/>; nothing is done.</summary>
    HtmlPage,

    /// <summary>The connection breaks before the server sees the request; nothing is done.</summary>
    DropRequest,

    /// <summary>The command is done and the connection breaks before the answer.</summary>
    DropAnswer,

    /// <summary>The command is done and the answer is 200 without a body.</summary>
    EmptyBody,

    /// <summary>The command is done and the answer breaks off in the middle.</summary>
    TruncatedBody,

    /// <summary>The job fails with code 530 and a text; nothing is done.</summary>
    FailJob,

    /// <summary>The job fails as after a restart of the server, without any result; nothing is done.</summary>
    LoseJob,

    /// <summary>The command is done and the answer comes after <see cref="SimulatorFault.Duration"/>.</summary>
    LateAnswer,

    /// <summary>The command is done and the answer's body drips in over <see cref="SimulatorFault.Duration"/>.</summary>
    SlowBody,

    /// <summary>The answer holds a control character as it stands, which no JSON may.</summary>
    ControlCharacter,

    /// <summary>The answer's truth values are texts, as old servers send them.</summary>
    TextBooleans,

    /// <summary>The answer's dates are those of a server two hours ahead of UTC.</summary>
    OffsetDates,
}
