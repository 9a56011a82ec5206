using System.Net;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Where a command listens.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port, or 0 for a free one.</param>
internal sealed record ListenAddress(IPAddress Address, int Port)
{
    /// <summary>Reads an address such as <c>http://127.0.0.1:8080</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="anyAddress">True where the operator allows an address that other machines reach.</param>
    /// <param name="danger">Why such an address needs to be allowed.</param>
    /// <param name="remedy">How it's allowed.</param>
    /// <exception cref="CloudException">It's no address, or one that wasn't allowed.</exception>
    public static ListenAddress Parse(string text, bool anyAddress, string danger, string remedy = "add --any-address")
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
        {
            throw Refuse($"'{text}' is no http address.", "Write it as http://127.0.0.1:8080.");
        }

        var address = url.Host == "localhost" ? IPAddress.Loopback
            : IPAddress.TryParse(url.Host.Trim('[', ']'), out var parsed) ? parsed
            : throw Refuse($"'{url.Host}' is no IP address.", "Give the IP address to listen on, such as 127.0.0.1.");
        return anyAddress || IPAddress.IsLoopback(address)
            ? new ListenAddress(address, url.Port)
            : throw Refuse($"Other machines could reach {address}; {danger}", $"Listen on 127.0.0.1, or {remedy}.");
    }

    private static CloudException Refuse(string message, string nextStep) => new(ErrorCause.InvalidArgument, message, nextStep);
}
