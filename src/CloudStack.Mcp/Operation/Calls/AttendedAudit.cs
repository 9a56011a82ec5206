using Cloud.Core.Audit;

namespace CloudStack.Mcp.Operation.Calls;

/// <summary>An audit trail that knows whether the call under way has left a line in it.</summary>
/// <param name="log">Where the lines go.</param>
internal sealed class AttendedAudit(IAuditLog log) : IAuditLog
{
    private readonly AsyncLocal<Attendance?> _current = new();

    /// <summary>Begins to watch one call, which is all that the method that asks runs from here on.</summary>
    public Attendance Attend() => _current.Value = new Attendance();

    /// <inheritdoc/>
    public ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        if (_current.Value is { } attendance)
        {
            attendance.HasLine = true;
        }

        return log.AppendAsync(record, cancellationToken);
    }

    /// <summary>A call that is watched.</summary>
    internal sealed class Attendance
    {
        /// <summary>True where the call has left a line.</summary>
        public bool HasLine { get; set; }
    }
}
