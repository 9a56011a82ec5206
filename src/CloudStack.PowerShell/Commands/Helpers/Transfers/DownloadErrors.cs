using System.Net;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>What goes wrong with a download, in the terms a person acts on.</summary>
internal static class DownloadErrors
{
    /// <summary>True for an exception that means that the connection broke, and not that somebody stopped it.</summary>
    public static bool IsBreak(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public static CloudException Unreachable(Uri url, Exception error) => new(
        ErrorCause.Unreachable,
        $"{url.Host} can't be reached: {ShownText.Of(error is OperationCanceledException ? "it doesn't answer" : error.Message, 200)}.",
        "Files lie on the cloud's secondary storage: check that its address can be reached from here; -SkipCertificateCheck accepts its certificate.",
        error);

    public static CloudException Status(Uri url, HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new(
            ErrorCause.NotFound, $"{url.Host} has no such file any more.", "Addresses of files expire: run the command again.") { HttpStatus = (int)status },
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(
            ErrorCause.Forbidden, $"{url.Host} refuses to give the file.", "Addresses of files expire: run the command again.") { HttpStatus = (int)status },
        _ => new(
            ErrorCause.BadAnswer, $"{url.Host} answered {(int)status} in place of the file.", "Try again; if it stays, ask the cloud's operator.")
        {
            HttpStatus = (int)status,
        },
    };

    public static CloudException TooLarge(long? size, long limit) => new(
        ErrorCause.OutOfResources,
        size is { } known
            ? $"The file has {TransferProgress.SizeText(known)}, and there is room for {TransferProgress.SizeText(limit)}."
            : $"The file is larger than {TransferProgress.SizeText(limit)}, which is the room there is.",
        "Free disk space, choose another folder, or raise -MaximumSize.");

    public static CloudException Broken(PartialFile part, Exception error) => new(
        ErrorCause.Unreachable,
        $"The download broke off at {TransferProgress.SizeText(part.Length)}: {ShownText.Of(error.Message, 200)}",
        part.CanGoOn ? "Run the command again; it goes on where it broke off." : "Run the command again; this server can't go on where it broke off.",
        error);
}

/// <summary>A download whose connection broke.</summary>
/// <param name="part">What is there of the file.</param>
/// <param name="inner">Why it broke.</param>
internal sealed class BrokenDownloadException(PartialFile part, Exception inner) : Exception(inner.Message, inner)
{
    /// <summary>What is there of the file.</summary>
    public PartialFile Part { get; } = part;
}
