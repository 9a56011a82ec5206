using Cloud.Core.Errors;
using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>What a cloud gave for one upload. The signature opens nothing but this upload's address.</summary>
/// <param name="Id">The template, ISO or volume that the file will be.</param>
/// <param name="Url">Where to send it.</param>
/// <param name="Headers">What to send with it.</param>
internal sealed record UploadTicket(string Id, Uri Url, IReadOnlyList<(string Name, string Value)> Headers)
{
    private const int LongestHeader = 8192;

    /// <summary>Reads a ticket.</summary>
    /// <param name="answer">The answer of a command for upload parameters.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.BadAnswer"/>: something is missing in it, or no header could carry it.</exception>
    public static UploadTicket Read(CloudObject answer) => new(
        Value(answer, "id"),
        TransferAddress.Check(answer.GetText("postURL"), "the upload"),
        [("X-signature", Value(answer, "signature")), ("X-metadata", Value(answer, "metadata")), ("X-expires", Value(answer, "expires"))]);

    private static string Value(CloudObject answer, string field) =>
        answer.GetText(field) is { Length: > 0 and <= LongestHeader } value && value.All(c => c is >= ' ' and <= '~')
            ? value
            : throw new CloudException(
                ErrorCause.BadAnswer,
                $"The server's answer names no usable '{field}' for the upload.",
                "Nothing was uploaded; ask the cloud's operator whether uploads are set up.");
}
