using System.Net.Security;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>Makes clients for files, which lie on other servers than the API: they carry no credentials, keep no cookies and follow nothing by themselves.</summary>
internal static class TransferClient
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(15);

    /// <summary>Makes a client.</summary>
    /// <param name="connection">The connection; a simulated cloud serves its own files.</param>
    /// <param name="anyCertificate">True to accept any certificate.</param>
    public static HttpClient For(CloudConnection connection, bool anyCertificate) => connection.FileHandler is { } simulated
        ? new HttpClient(simulated, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan }
        : Open(anyCertificate);

    /// <summary>Makes a client for real servers.</summary>
    /// <param name="anyCertificate">True to accept any certificate.</param>
    public static HttpClient Open(bool anyCertificate)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = LongestConnect };
        if (anyCertificate)
        {
#pragma warning disable CA5359 // The user asked for it by -SkipCertificateCheck, and was warned.
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
