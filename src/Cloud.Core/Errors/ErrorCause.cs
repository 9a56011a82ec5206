namespace Cloud.Core.Errors;

/// <summary>Why an operation failed, in the terms a person acts on.</summary>
public enum ErrorCause
{
    /// <summary>No cause could be told.</summary>
    Unknown,

    /// <summary>An argument is missing, of the wrong form, or unknown; nothing was sent.</summary>
    InvalidArgument,

    /// <summary>No command of that name.</summary>
    UnknownCommand,

    /// <summary>A name matches no object.</summary>
    NotFound,

    /// <summary>A name matches several objects.</summary>
    Ambiguous,

    /// <summary>No connection is set up.</summary>
    NotConnected,

    /// <summary>The server can't be reached; nothing was sent.</summary>
    Unreachable,

    /// <summary>The server's certificate isn't trusted.</summary>
    Untrusted,

    /// <summary>The server refuses the credentials or the signature.</summary>
    Unauthorized,

    /// <summary>A second factor is needed.</summary>
    SecondFactorRequired,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>The server refuses the arguments.</summary>
    Refused,

    /// <summary>Too many requests.</summary>
    Throttled,

    /// <summary>The server takes no work now.</summary>
    Unavailable,

    /// <summary>A limit, a quota or capacity is used up.</summary>
    OutOfResources,

    /// <summary>The resource is in use or in the wrong state.</summary>
    Conflict,

    /// <summary>The server failed inside.</summary>
    ServerFault,

    /// <summary>The answer isn't one of this API: not JSON, empty, cut off.</summary>
    BadAnswer,

    /// <summary>The answer was lost: the change may or may not have happened.</summary>
    OutcomeUnknown,

    /// <summary>The job failed.</summary>
    JobFailed,

    /// <summary>Time ran out.</summary>
    TimedOut,

    /// <summary>A confirmation is missing, expired, used or for something else.</summary>
    NotConfirmed,

    /// <summary>An operator's policy forbids it.</summary>
    DeniedByPolicy,

    /// <summary>A file or setting on this machine is at fault.</summary>
    Local,
}
