using System.Collections.Concurrent;
using Cloud.Core.Audit;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>An audit trail in memory.</summary>
internal sealed class MemoryAudit : IAuditLog
{
    private readonly ConcurrentQueue<AuditRecord> _records = new();

    public IReadOnlyList<AuditRecord> Records => [.. _records];

    public ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        _records.Enqueue(record);
        return ValueTask.CompletedTask;
    }
}
