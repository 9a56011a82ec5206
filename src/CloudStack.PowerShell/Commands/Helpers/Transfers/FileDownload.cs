using System.Net;
using System.Net.Http.Headers;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>What a download keeps to.</summary>
/// <param name="Overwrite">True to replace a file that is there.</param>
/// <param name="MaximumSize">The largest file in bytes.</param>
/// <param name="Checksum">What the file must come to, or null.</param>
internal sealed record DownloadRules(bool Overwrite, long MaximumSize, FileChecksum? Checksum)
{
    /// <summary>How long a server may send nothing.</summary>
    public TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause before a download that broke off goes on.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many bytes a folder has room for.</summary>
    public Func<string, long> Room { get; init; } = FreeSpace.Of;
}

/// <summary>Downloads a file: under another name first, from where it broke off, and into its place when it's whole.</summary>
/// <param name="http">A client without credentials.</param>
/// <param name="rules">What to keep to.</param>
/// <param name="progress">Told how many bytes are there, and of how many.</param>
/// <param name="time">The clock.</param>
internal sealed class FileDownload(HttpClient http, DownloadRules rules, Action<long, long?> progress, TimeProvider time)
{
    private const int MostRedirects = 5;
    private const int MostBreaks = 4;
    private const int BufferSize = 1 << 17;

    /// <summary>Downloads.</summary>
    /// <param name="url">The address.</param>
    /// <param name="target">The file's full path; its folder is there.</param>
    /// <param name="cancellationToken">Stops; what is there is kept for another try.</param>
    /// <exception cref="CloudException">It failed; the place is as it was.</exception>
    public async Task RunAsync(Uri url, string target, CancellationToken cancellationToken)
    {
        try
        {
            var part = await FetchWholeAsync(url, target, cancellationToken).ConfigureAwait(false);
            await FinishAsync(part, target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(
                ErrorCause.Local, $"'{target}' can't be written: {error.Message}", "Check the path; -Force replaces a file that is there.", error);
        }
    }

    private async Task<PartialFile> FetchWholeAsync(Uri url, string target, CancellationToken cancellationToken)
    {
        PartialFile? part = null;
        for (var breaks = 0; ; breaks++)
        {
            var before = part?.Length ?? 0;
            try
            {
                return await FetchAsync(url, target, part, cancellationToken).ConfigureAwait(false);
            }
            catch (BrokenDownloadException broken)
            {
                part = broken.Part;
                // Whoever gets on, however slowly, may go on.
                breaks = part.Length > before ? 0 : breaks;
                if (!part.CanGoOn || breaks >= MostBreaks)
                {
                    throw Broken(part, broken);
                }

                await Task.Delay(rules.Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<PartialFile> FetchAsync(Uri url, string target, PartialFile? known, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(url, known, cancellationToken).ConfigureAwait(false);
        try
        {
            var part = answer.StatusCode == HttpStatusCode.PartialContent ? known! : PartialFile.Of(target, answer);
            if (part is { CanGoOn: true, Length: > 0 } && part.Length <= part.Total && answer.StatusCode == HttpStatusCode.OK && known?.Path != part.Path)
            {
                // A beginning of this very version is there from another day: ask for the rest.
                answer.Dispose();
                if (part.Length == part.Total)
                {
                    return part;
                }

                answer = await AskAsync(url, part, cancellationToken).ConfigureAwait(false);
                part = answer.StatusCode == HttpStatusCode.PartialContent ? part : PartialFile.Of(target, answer);
            }

            await WriteAsync(answer, part, cancellationToken).ConfigureAwait(false);
            return part;
        }
        finally
        {
            answer.Dispose();
        }
    }

    private async Task<HttpResponseMessage> AskAsync(Uri url, PartialFile? part, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (part is { CanGoOn: true, Length: > 0 and var length })
            {
                request.Headers.Range = new RangeHeaderValue(length, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(part.Tag!);
            }

            var answer = await SendAsync(request, part, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.OK || IsRest(answer, part))
            {
                return answer;
            }

            using (answer)
            {
                url = (int)answer.StatusCode is >= 300 and < 400
                    ? TransferAddress.Follow(url, answer.Headers.Location)
                    : throw DownloadErrors.Status(url, answer.StatusCode);
            }
        }

        throw new CloudException(ErrorCause.BadAnswer, $"{url.Host} leads from one address to the next without end.", "Ask the cloud's operator about it.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, PartialFile? part, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(rules.LongestSilence);
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (DownloadErrors.IsBreak(error, cancellationToken))
        {
            throw part is null ? DownloadErrors.Unreachable(request.RequestUri!, error) : new BrokenDownloadException(part, error);
        }
    }

    private static bool IsRest(HttpResponseMessage answer, PartialFile? part) =>
        answer.StatusCode == HttpStatusCode.PartialContent && part is not null
        && answer.Content.Headers.ContentRange is { From: { } from, Unit: "bytes" } && from == part.Length;

    private async Task WriteAsync(HttpResponseMessage answer, PartialFile part, CancellationToken cancellationToken)
    {
        var goesOn = answer.StatusCode == HttpStatusCode.PartialContent;
        var written = goesOn ? part.Length : 0;
        var limit = Limit(part, written);
        var file = new FileStream(part.Path, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        await using (file.ConfigureAwait(false))
        {
            var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var buffer = new byte[BufferSize];
            while (await ReadAsync(body, buffer, part, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                written += read;
                if (written > limit)
                {
                    throw await TooLargeAsync(part, file, limit).ConfigureAwait(false);
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                progress(written, part.Total);
            }
        }

        if (part.Total is { } total && written < total)
        {
            throw new BrokenDownloadException(part, new IOException("The connection ended early."));
        }
    }

    private long Limit(PartialFile part, long there)
    {
        var room = rules.Room(Path.GetDirectoryName(part.Path)!);
        if (part.Total is { } total && (total > rules.MaximumSize || total - there > room))
        {
            part.Delete();
            throw DownloadErrors.TooLarge(total, Math.Min(rules.MaximumSize, room));
        }

        return Math.Min(rules.MaximumSize, room > long.MaxValue - there ? long.MaxValue : room + there);
    }

    private static async Task<CloudException> TooLargeAsync(PartialFile part, FileStream file, long limit)
    {
        await file.DisposeAsync().ConfigureAwait(false);
        part.Delete();
        return DownloadErrors.TooLarge(null, limit);
    }

    private async Task<int> ReadAsync(Stream body, byte[] buffer, PartialFile part, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(rules.LongestSilence);
        try
        {
            return await body.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (DownloadErrors.IsBreak(error, cancellationToken))
        {
            throw new BrokenDownloadException(part, error);
        }
    }

    private async Task FinishAsync(PartialFile part, string target, CancellationToken cancellationToken)
    {
        try
        {
            if (rules.Checksum is { } checksum)
            {
                await checksum.DemandAsync(part.Path, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (CloudException)
        {
            part.Delete();
            throw;
        }

        part.MoveTo(target, rules.Overwrite);
    }

    private static CloudException Broken(PartialFile part, BrokenDownloadException broken)
    {
        if (!part.CanGoOn)
        {
            part.Delete();
        }

        return DownloadErrors.Broken(part, broken.InnerException!);
    }
}
