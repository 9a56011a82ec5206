using Cloud.Core.Errors;

namespace CloudStack.Client.Connection;

/// <summary>Refuses or warns of connections that give secrets away.</summary>
internal static class ConnectionSafety
{
    /// <exception cref="CloudException">A password would travel in the open.</exception>
    public static void Check(CloudStackConnection connection)
    {
        var isPlain = connection.Url.Scheme == Uri.UriSchemeHttp;
        if (isPlain && connection is { Credentials: SessionCredentials, AllowPlainPassword: false } && !connection.Url.IsLoopback)
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                $"The password would travel to {connection.Url.Authority} unencrypted; nothing was sent.",
                "Give an https address, or use API keys, whose secret never travels.");
        }

        if (!isPlain && connection.Trust is { AcceptAny: true, PinnedSha256: null })
        {
            connection.Warn?.Invoke(
                $"Any certificate of {connection.Url.Authority} is accepted: whoever is on the way can read and change everything. Trust the authority that issued it, or pin it, instead.");
        }
    }
}
