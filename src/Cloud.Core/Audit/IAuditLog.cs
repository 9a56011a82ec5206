namespace Cloud.Core.Audit;

/// <summary>Where audit records go.</summary>
public interface IAuditLog
{
    /// <summary>Writes one record; when the task is done, it's with the operating system.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Stops the wait for the file.</param>
    /// <exception cref="Errors.CloudException"><see cref="Errors.ErrorCause.Local"/>: the record couldn't be written.</exception>
    ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken);
}
