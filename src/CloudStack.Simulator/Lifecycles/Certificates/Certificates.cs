using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Certificates;

/// <summary>The cloud's own certificates: the root, those it issues, hosts that get one, and those it revokes.</summary>
internal sealed class Certificates : ICommandFamily
{
    private const int UsualDays = 365;
    private const int MostDays = 3_650;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listCAProviders", ListProviders);
        commands.Read("listCaCertificate", ShowRoot);
        commands.Begin("issueCertificate", Issue);
        commands.Begin("provisionCertificate", Provision);
        commands.Begin("revokeCertificate", Revoke);
        commands.Begin("uploadCustomCertificate", Upload);
    }

    private static Answer ListProviders(CommandCall call)
    {
        if (call.Text("name") is { Length: > 0 } name && name != CertificateAuthority.Provider)
        {
            return Answer.List([]);
        }

        var provider = call.New(call.Command.Result);
        provider["name"] = CertificateAuthority.Provider;
        provider["description"] = "The cloud's own root certificate authority";
        return Answer.List([provider]);
    }

    private static Answer ShowRoot(CommandCall call)
    {
        DemandProvider(call);
        var answer = call.New(call.Command.Result);
        answer["certificate"] = call.State.Authority.Certificate;
        return Answer.Of(answer);
    }

    private static Work Issue(CommandCall call)
    {
        DemandProvider(call);
        var names = (call.Text("domain") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var addresses = (call.Text("ipaddress") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => IPAddress.TryParse(text, out var address) ? address : throw ApiError.BadValue(call.Command.Name, "ipaddress", text)).ToList();
        if (Array.Find(names, name => Uri.CheckHostName(name.Replace("*.", "", StringComparison.Ordinal)) != UriHostNameType.Dns) is { } wrong)
        {
            throw ApiError.BadValue(call.Command.Name, "domain", wrong);
        }

        var csr = call.Text("csr");
        if (csr is not { Length: > 0 } && names.Length == 0)
        {
            throw ApiError.Refused("Either a signing request or a domain has to be given.");
        }

        var days = (int)Math.Clamp(call.Number("duration") ?? UsualDays, int.MinValue, int.MaxValue);
        if (days is < 1 or > MostDays)
        {
            throw ApiError.Refused($"A certificate is valid for 1 to {MostDays} days, not {days}.");
        }

        var serial = call.State.Ids.NextId();
        var now = call.State.Clock.GetUtcNow();
        var issued = csr is { Length: > 0 }
            ? FromRequest(() => call.State.Authority.Issue(serial, csr, names, addresses, now, days))
            : call.State.Authority.Issue(serial, names, addresses, now, days);
        return new Work(null, () =>
        {
            var answer = call.New(call.Command.Result);
            answer["certificate"] = issued.Certificate;
            answer["privatekey"] = issued.PrivateKey;
            answer["cacertificates"] = call.State.Authority.Certificate;
            return Answer.Of(answer);
        });
    }

    private static IssuedCertificate FromRequest(Func<IssuedCertificate> issue)
    {
        try
        {
            return issue();
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException)
        {
            throw ApiError.Refused($"The signing request can't be used: {error.Message}");
        }
    }

    private static Work Provision(CommandCall call)
    {
        DemandProvider(call);
        var host = call.Target("hostid");
        return new Work(host, () => Answer.Done)
        {
            Begin = () =>
            {
                if (host.State != "Up")
                {
                    throw ApiError.Refused($"The host {host.Name} is in state {host.State}; only one that is Up can get a certificate.");
                }
            },
        };
    }

    private static Work Revoke(CommandCall call)
    {
        DemandProvider(call);
        var serial = call.RequiredText("serial");
        return UInt128.TryParse(serial, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
            ? new Work(null, () => Answer.Done)
            : throw ApiError.Refused($"The serial number {serial} isn't a hexadecimal number of up to 32 digits.");
    }

    private static Work Upload(CommandCall call)
    {
        var isRoot = call.Number("id") is { } place && place > 0 && call.Text("privatekey") is not { Length: > 0 };
        if (call.Text("privatekey") is not { Length: > 0 } && !isRoot)
        {
            throw ApiError.Refused("A private key has to come with the certificate, or an id with one of its chain.");
        }

        DemandReadable(call.RequiredText("certificate"), call.Text("privatekey"));
        return new Work(null, () =>
        {
            var answer = call.New(call.Command.Result);
            answer["message"] = isRoot
                ? "The certificate of the chain is kept."
                : "The certificate is in use; the console proxies and secondary storage VMs take it up when they restart.";
            return Answer.Of(answer);
        });
    }

    private static void DemandReadable(string certificate, string? key)
    {
        try
        {
            using var read = key is { Length: > 0 } ? X509Certificate2.CreateFromPem(certificate, key) : X509Certificate2.CreateFromPem(certificate);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw ApiError.Refused("The certificate isn't X.509 in PEM, or the private key isn't PKCS#8 in PEM and its own.");
        }
    }

    private static void DemandProvider(CommandCall call)
    {
        if (call.Text("provider") is { Length: > 0 } name && name != CertificateAuthority.Provider)
        {
            throw ApiError.Refused($"There is no CA provider {name}; listCAProviders tells them.");
        }
    }
}
