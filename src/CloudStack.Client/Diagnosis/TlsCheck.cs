using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CloudStack.Client.Diagnosis;

/// <summary>The server's TLS and certificate.</summary>
/// <param name="url">The API's full address.</param>
/// <param name="route">The way to the server.</param>
/// <param name="trust">Which certificates are trusted.</param>
/// <param name="time">The clock.</param>
internal sealed class TlsCheck(Uri url, Route route, ServerTrust trust, TimeProvider time) : ICheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public string Name => "tls";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        if (url.Scheme != Uri.UriSchemeHttps)
        {
            return Finding.Skipped("not used: the address is plain HTTP");
        }

        if (route.IsProxy)
        {
            return Finding.Skipped("not looked at through a proxy; the next check shows whether it's trusted");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TcpCheck.Longest);
        try
        {
            return await ShakeHandsAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or SocketException)
        {
            return Finding.Fail(
                $"{route} can't be spoken to over TLS: {error.Message}", "Check the port, and whether the address should start with http://.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Fail(
                $"{route} began no TLS within {TcpCheck.Longest.TotalSeconds} s", "Check the port, and whether the address should start with http://.");
        }
    }

    private async Task<Finding> ShakeHandsAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(route.Host, route.Port, cancellationToken).ConfigureAwait(false);
        X509Certificate2? seen = null;
        var problems = SslPolicyErrors.None;
        var tls = new SslStream(client.GetStream());
        await using var _ = tls.ConfigureAwait(false);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = route.Host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                    {
                        var isAccepted = trust.Accepts(certificate, chain, errors);
                        (seen, problems) = (certificate is null ? null : new X509Certificate2(certificate), isAccepted ? SslPolicyErrors.None : errors | SslPolicyErrors.RemoteCertificateChainErrors);
                        return isAccepted;
                    },
                },
                cancellationToken).ConfigureAwait(false);
            return Judge(seen!, problems, $"{tls.SslProtocol}");
        }
        catch (AuthenticationException) when (seen is not null && problems != SslPolicyErrors.None)
        {
            return Judge(seen, problems, "");
        }
        finally
        {
            seen?.Dispose();
        }
    }

    private Finding Judge(X509Certificate2 certificate, SslPolicyErrors problems, string protocol)
    {
        var until = certificate.NotAfter.ToUniversalTime();
        var subject = $"{certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}, good until {until:yyyy-MM-dd}";
        var now = time.GetUtcNow().UtcDateTime;
        return problems switch
        {
            _ when until < now => Finding.Fail($"the certificate for {subject}, has expired", "Have the server's certificate renewed."),
            _ when problems.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => Finding.Fail(
                $"the certificate is for {subject}, not for {route.Host}", "Use the name that the certificate is for."),
            not SslPolicyErrors.None => Finding.Fail(
                $"the certificate for {subject}, comes from an authority that this machine doesn't trust",
                "Add the authority to this machine's trusted ones, after checking that it's the right one."),
            _ when until < now + Soon => Finding.Warn($"{protocol}, the certificate for {subject}", "Have the server's certificate renewed soon."),
            _ => Finding.Ok($"{protocol}, the certificate for {subject}"),
        };
    }
}
