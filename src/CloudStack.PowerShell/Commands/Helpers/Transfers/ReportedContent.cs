using System.Net;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>A file as a request's content, which tells how much of it is through.</summary>
/// <param name="file">The file, from its beginning.</param>
/// <param name="progress">Told how many bytes are through, and of how many.</param>
internal sealed class ReportedContent(FileStream file, Action<long, long?> progress) : HttpContent
{
    private const int BufferSize = 1 << 17;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var sent = 0L;
        while (await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            sent += read;
            progress(sent, file.Length);
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = file.Length;
        return true;
    }
}
