using System.Management.Automation;
using Cloud.Core.Errors;
using CloudStack.PowerShell.Errors;

namespace CloudStack.PowerShell.Tests;

/// <summary>What PowerShell calls each cause.</summary>
public sealed class CloudErrorRecordTests
{
    [Fact]
    public void Every_known_cause_has_a_category() => Assert.Equal(
        [ErrorCause.Unknown],
        Enum.GetValues<ErrorCause>().Where(cause => CloudErrorRecord.CategoryOf(cause) == ErrorCategory.NotSpecified));
}
