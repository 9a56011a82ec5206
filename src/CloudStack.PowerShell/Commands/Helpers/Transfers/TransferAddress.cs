using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>Addresses that a cloud names for files, consoles and redirections. Nothing about them is trusted.</summary>
internal static class TransferAddress
{
    private const int Longest = 8192;

    /// <summary>Accepts an address over http or https without credentials in it.</summary>
    /// <param name="text">What the server named.</param>
    /// <param name="purpose">What for, such as <c>the download</c>.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.BadAnswer"/>: it's something else.</exception>
    public static Uri Check(string? text, string purpose) =>
        text is { Length: > 0 and <= Longest } && Uri.TryCreate(text, UriKind.Absolute, out var url) && IsWeb(url) && url.UserInfo.Length == 0
            ? url
            : throw Refuse($"The server named no usable address for {purpose}: {(string.IsNullOrEmpty(text) ? "none at all" : $"'{ShownText.Of(text, 80)}'")}.");

    /// <summary>Accepts where an answer leads to instead, unless it leaves encryption behind.</summary>
    /// <param name="from">The address that answered.</param>
    /// <param name="to">Where it leads to.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.BadAnswer"/>: it leads to where nothing is fetched from.</exception>
    public static Uri Follow(Uri from, Uri? to)
    {
        var url = Check(to is null ? null : new Uri(from, to).AbsoluteUri, "the download");
        return from.Scheme == Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttps
            ? throw Refuse($"{from.Host} leads from https to plain http at {url.Host}.")
            : url;
    }

    private static bool IsWeb(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    private static CloudException Refuse(string message) => new(
        ErrorCause.BadAnswer, message, "Only http and https addresses without credentials are used; ask the cloud's operator about it.");
}
