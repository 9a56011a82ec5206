using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>Uploads a file in one request, as a form with one file in it.</summary>
/// <param name="http">A client without credentials.</param>
/// <param name="progress">Told how many bytes are through, and of how many.</param>
internal sealed class FileUpload(HttpClient http, Action<long, long?> progress)
{
    private const int LongestReason = 500;

    /// <summary>Uploads. It's tried once: what was announced takes one file.</summary>
    /// <param name="ticket">What the cloud gave for it.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="CloudException">It failed; the announced object stays without its file.</exception>
    public async Task RunAsync(UploadTicket ticket, string path, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 17, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                using var request = Request(ticket, path, file);
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
                if (!answer.IsSuccessStatusCode)
                {
                    throw Refused(ticket, answer.StatusCode, await ReasonAsync(answer, cancellationToken).ConfigureAwait(false));
                }
            }
        }
        catch (HttpRequestException error)
        {
            throw new CloudException(
                ErrorCause.Unreachable,
                $"The upload to {ticket.Url.Host} broke off: {ShownText.Of(error.Message, 200)}",
                $"{Leftover(ticket)} Check that the address can be reached from here; -SkipCertificateCheck accepts its certificate.",
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(ErrorCause.Local, $"'{path}' can't be read: {error.Message}", Leftover(ticket), error);
        }
    }

    private HttpRequestMessage Request(UploadTicket ticket, string path, FileStream file)
    {
        var content = new ReportedContent(file, progress);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        // The server takes the format from the name's ending, and the name alone has no other use there.
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"files\"", FileName = $"\"{PlainName(path)}\"" };
        var request = new HttpRequestMessage(HttpMethod.Post, ticket.Url) { Content = new MultipartFormDataContent { content } };
        foreach (var (name, value) in ticket.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static string PlainName(string path) =>
        string.Concat(Path.GetFileName(path).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));

    private static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[LongestReason];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return ShownText.Of(Encoding.UTF8.GetString(buffer, 0, read), LongestReason);
    }

    private static CloudException Refused(UploadTicket ticket, HttpStatusCode status, string reason) => new(
        status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? ErrorCause.Forbidden : ErrorCause.Refused,
        $"{ticket.Url.Host} answered {(int)status} to the upload{(reason.Length > 0 ? $": {reason}" : ".")}",
        Leftover(ticket))
    {
        HttpStatus = (int)status,
        ServerText = reason,
    };

    private static string Leftover(UploadTicket ticket) => $"What was announced stays without its file until it's deleted: {ticket.Id}.";
}
