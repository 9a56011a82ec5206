using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Certificates;

/// <summary>Certificates that people bring for their load balancers. The private key is checked and not kept.</summary>
internal sealed class SslCertificates : ICommandFamily
{
    private const string Class = "SslCertResponse";
    private const string Rules = "loadbalancerrulelist";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("uploadSslCert", Upload);
        commands.Read("listSslCerts", List);
        commands.Do("deleteSslCert", Delete);
    }

    private static Answer Upload(CommandCall call)
    {
        var owner = call.NewOwner();
        var name = call.RequiredText("name");
        using var certificate = PemCertificate.Read(call.RequiredText("certificate"));
        PemCertificate.DemandKey(certificate, call.RequiredText("privatekey"), call.Text("password"));
        var now = call.State.Clock.GetUtcNow();
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            throw ApiError.Refused($"The certificate {name} is valid from {certificate.NotBefore:u} to {certificate.NotAfter:u}, not now.");
        }

        if (call.Text("certchain") is { Length: > 0 } chain)
        {
            PemCertificate.DemandChain(certificate, chain, now);
        }

        if (call.State.Table(Class).Any(known => known.Owner == owner && known.Name == name))
        {
            throw ApiError.Refused($"There is a certificate {name} already.");
        }

        var kept = call.New(Class);
        owner.Claim(kept);
        kept["name"] = name;
        kept["certificate"] = call.Text("certificate");
        kept["certchain"] = call.Text("certchain") is { Length: > 0 } given ? given : null;
        kept["fingerprint"] = Fingerprint(certificate);
        call.State.Store.Add(kept);
        return Answer.Of(kept);
    }

    private static Answer List(CommandCall call)
    {
        var account = call.Find("accountid");
        var project = call.Find("projectid");
        var rule = call.Find("lbruleid");
        if (call.Find("certid") is { } one)
        {
            return Answer.List([one]);
        }

        return Answer.List(call.State.Table(Class).Where(certificate => call.Caller.MaySee(certificate) && (
            rule is not null ? certificate.Texts(Rules).Contains(rule.Id)
            : project is not null ? certificate.Owner?.Project == project
            : certificate.Owner?.Account == (account ?? call.Caller.Account))));
    }

    private static Answer Delete(CommandCall call)
    {
        var certificate = call.Target("id");
        if (certificate.Texts(Rules).Count > 0)
        {
            throw ApiError.Refused($"The certificate {certificate.Name} is in use by a load balancer rule; remove it there first.");
        }

        call.State.Store.Remove(certificate);
        return Answer.Done;
    }

    private static string Fingerprint(X509Certificate2 certificate) =>
        BitConverter.ToString(certificate.GetCertHash(HashAlgorithmName.SHA256)).Replace('-', ':');
}
