using Cloud.Core.Errors;

namespace CloudStack.Client.Connection;

/// <summary>Makes the API's full address from what people have at hand: a host, <c>/client</c>, or <c>/client/api</c>.</summary>
internal static class ApiUrl
{
    public static Uri Normalize(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var url) || url.Host.Length == 0
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            throw Refused("isn't a full http or https address");
        }

        if (url.UserInfo.Length > 0)
        {
            throw Refused("carries a user name or password, which would end up in logs");
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            throw Refused("carries a query or fragment");
        }

        var path = url.AbsolutePath.TrimEnd('/');
        if (path.Length == 0)
        {
            path = "/client/api";
        }
        else if (!path.EndsWith("/api", StringComparison.OrdinalIgnoreCase))
        {
            path += "/api";
        }

        return new Uri(url.GetLeftPart(UriPartial.Authority) + path);
    }

    private static CloudException Refused(string why) => new(
        ErrorCause.InvalidArgument,
        $"The server's address {why}.",
        "Give an address such as https://cloud.example.com:8443/client/api.");
}
