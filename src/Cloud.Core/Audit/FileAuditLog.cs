using System.Diagnostics.CodeAnalysis;
using System.Text;
using Cloud.Core.Errors;
using Cloud.Core.Security;

namespace Cloud.Core.Audit;

/// <summary>
/// An audit trail in one file, a JSON line a record, each chained to the last by hash. Several processes may write to
/// the same file: each append holds the file alone and continues from the line it finds last.
/// </summary>
/// <param name="path">The file; it and its folder are made when first needed, readable by their owner only.</param>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle is never asked for holds nothing to release.")]
public sealed class FileAuditLog(string path) : IAuditLog
{
    private const int LongestLine = 1 << 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (long Length, long Sequence, string Hash)? _end;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <inheritdoc/>
    public async ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var file = await OpenAsync(cancellationToken).ConfigureAwait(false);
            var end = _end is { } known && known.Length == file.Length ? known : ReadEnd(file);
            var (line, hash) = AuditLine.Write(record, end.Sequence + 1, end.Hash);
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            Write(file, bytes);
            _end = (file.Length, end.Sequence + 1, hash);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(
                ErrorCause.Local,
                $"The audit trail '{Path}' can't be written: {error.Message}",
                "Make the file writable or choose another with the audit setting; changes aren't sent unaudited.",
                error);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<FileStream> OpenAsync(CancellationToken cancellationToken)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        if (!Directory.Exists(folder))
        {
            OwnerOnly.CreateDirectory(folder);
        }

        for (var waited = TimeSpan.Zero; ; waited += RetryPause)
        {
            try
            {
                return OwnerOnly.Open(Path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException) when (waited < LongestWait && File.Exists(Path))
            {
                await Task.Delay(RetryPause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void Write(FileStream file, byte[] line)
    {
        var length = file.Length;
        try
        {
            RandomAccess.Write(file.SafeFileHandle, line, length);
        }
        catch (Exception error) when (error is IOException or ArgumentOutOfRangeException)
        {
            // The part of a line that a full disk took, or a limit to the file's size, would keep every later line out.
            RandomAccess.SetLength(file.SafeFileHandle, length);
            throw new IOException(error.Message, error);
        }
    }

    private static (long Length, long Sequence, string Hash) ReadEnd(FileStream file)
    {
        if (file.Length == 0)
        {
            return (0, 0, AuditLine.Origin);
        }

        var size = (int)Math.Min(file.Length, LongestLine);
        var tail = new byte[size];
        file.Seek(-size, SeekOrigin.End);
        file.ReadExactly(tail);
        var text = Encoding.UTF8.GetString(tail).TrimEnd('\n');
        var last = text[(text.LastIndexOf('\n') + 1)..];
        if (tail[^1] != (byte)'\n' || AuditLine.Check(last, out var sequence, out _, out var hash) is not null)
        {
            throw new IOException("its last line is broken; move the file away to begin a new trail");
        }

        return (file.Length, sequence, hash);
    }
}
