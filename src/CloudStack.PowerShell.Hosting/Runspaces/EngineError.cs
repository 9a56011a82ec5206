using System.Management.Automation;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Hosting.Runspaces;

/// <summary>What PowerShell reports, as the product's one error.</summary>
internal static class EngineError
{
    /// <summary>Finds the cmdlet's own error behind PowerShell's; what is PowerShell's own is told in its words.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="record">PowerShell's record of it, or null.</param>
    public static CloudException Of(Exception error, ErrorRecord? record)
    {
        for (var inner = error; inner is not null; inner = (inner as ActionPreferenceStopException)?.ErrorRecord.Exception ?? inner.InnerException)
        {
            if (inner is CloudException known)
            {
                return known;
            }
        }

        return new CloudException(
            record?.CategoryInfo.Category is ErrorCategory.InvalidArgument or ErrorCategory.InvalidData ? ErrorCause.InvalidArgument : ErrorCause.Unknown,
            $"PowerShell: {error.Message}",
            "Check the arguments, or use the direct engine; look at the object before you repeat a change.",
            error);
    }
}
