using System.Management.Automation;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Errors;

/// <summary>A <see cref="CloudException"/> as PowerShell's own error, under the stable id <c>CloudStack.&lt;Cause&gt;</c>.</summary>
internal static class CloudErrorRecord
{
    /// <summary>Makes the error record.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">What the cmdlet was working on, or null.</param>
    /// <param name="connection">The connection it happened on, where the cmdlet works on several; else null.</param>
    /// <param name="nextStep">What to do next, where the cmdlet knows better than the error; else null.</param>
    public static ErrorRecord Of(CloudException error, object? target, string? connection = null, string? nextStep = null) =>
        new(error, $"CloudStack.{error.Cause}", CategoryOf(error.Cause), target)
        {
            ErrorDetails = new ErrorDetails(connection is null ? error.Message : $"{connection}: {error.Message}") { RecommendedAction = nextStep ?? error.NextStep },
        };

    private static ErrorCategory CategoryOf(ErrorCause cause) => cause switch
    {
        ErrorCause.InvalidArgument or ErrorCause.Refused => ErrorCategory.InvalidArgument,
        ErrorCause.UnknownCommand or ErrorCause.NotFound => ErrorCategory.ObjectNotFound,
        ErrorCause.Ambiguous => ErrorCategory.InvalidArgument,
        ErrorCause.NotConnected or ErrorCause.Unreachable => ErrorCategory.ConnectionError,
        ErrorCause.Untrusted or ErrorCause.DeniedByPolicy => ErrorCategory.SecurityError,
        ErrorCause.Unauthorized or ErrorCause.SecondFactorRequired => ErrorCategory.AuthenticationError,
        ErrorCause.Forbidden => ErrorCategory.PermissionDenied,
        ErrorCause.Throttled or ErrorCause.OutOfResources => ErrorCategory.LimitsExceeded,
        ErrorCause.Unavailable => ErrorCategory.ResourceUnavailable,
        ErrorCause.Conflict => ErrorCategory.InvalidOperation,
        ErrorCause.BadAnswer => ErrorCategory.InvalidData,
        ErrorCause.JobFailed or ErrorCause.ServerFault or ErrorCause.OutcomeUnknown => ErrorCategory.InvalidResult,
        ErrorCause.TimedOut => ErrorCategory.OperationTimeout,
        ErrorCause.NotConfirmed => ErrorCategory.OperationStopped,
        ErrorCause.Local => ErrorCategory.ReadError,
        _ => ErrorCategory.NotSpecified,
    };
}
