using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Certificates;

/// <summary>Certificates by which the hosts of a zone trust servers that templates are downloaded from directly.</summary>
internal sealed class DownloadCertificates : ICommandFamily
{
    private const string Class = "DirectDownloadCertificateResponse";
    private const string StatusClass = "DirectDownloadCertificateHostStatusResponse";
    private const string Uploaded = "UPLOADED";
    private const string Revoked = "REVOKED";
    private const string HostIds = "hostids";
    private const string Kvm = "KVM";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("uploadTemplateDirectDownloadCertificate", Upload);
        commands.Read("listTemplateDirectDownloadCertificates", List);
        commands.Do("provisionTemplateDirectDownloadCertificate", Provision);
        commands.Do("revokeTemplateDirectDownloadCertificate", Revoke);
    }

    private static Answer Upload(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var alias = call.RequiredText("name");
        DemandKvm(call.RequiredText("hypervisor"));
        using var certificate = PemCertificate.Read(call.RequiredText("certificate"));
        if (call.State.Clock.GetUtcNow() > certificate.NotAfter)
        {
            throw ApiError.Refused($"The certificate {alias} ended at {certificate.NotAfter:u}.");
        }

        if (Find(call.State, zone, alias) is not null)
        {
            throw ApiError.Refused($"There is a certificate {alias} in the zone {zone.Name} already.");
        }

        var hosts = HostsOf(call, zone);
        var kept = call.New(Class);
        kept["alias"] = alias;
        kept["hypervisor"] = Kvm;
        kept["zoneid"] = zone.Id;
        kept["zonename"] = zone.Link("name");
        kept["version"] = certificate.Version.ToString(CultureInfo.InvariantCulture);
        kept["subject"] = certificate.Subject;
        kept["issuer"] = certificate.Issuer;
        kept["serialnum"] = certificate.SerialNumber;
        kept["validity"] = $"From: [{certificate.NotBefore:u}] - To: [{certificate.NotAfter:u}]";
        kept.SetAttribute(HostIds, hosts.Select(host => host.Id).ToList());
        call.State.Store.Add(kept);
        return Answer.Of(WithHosts(call, kept));
    }

    private static Answer List(CommandCall call) =>
        Listing.Of(call, Class).ShownAs(certificate => call.IsSet("listhosts") ? WithHosts(call, certificate) : certificate);

    private static Answer Provision(CommandCall call)
    {
        var certificate = call.Target("id");
        var host = call.Target("hostid");
        if (host.Text("zoneid") != certificate.Text("zoneid"))
        {
            throw ApiError.Refused($"The host {host.Name} isn't in the zone {certificate.Text("zonename")} of the certificate.");
        }

        DemandUp(host);
        certificate.SetAttribute(HostIds, IdsOf(certificate).Append(host.Id).Distinct().ToList());
        return Answer.Of(Status(call, host, Uploaded));
    }

    private static Answer Revoke(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var certificate = call.Find("id")
            ?? (call.Text("name") is { Length: > 0 } alias ? Find(call.State, zone, alias) : throw ApiError.Missing(call.Command.Name, "id"))
            ?? throw ApiError.Refused($"There is no certificate {call.Text("name")} in the zone {zone.Name}.");
        if (certificate.Text("zoneid") is { } home && home != zone.Id)
        {
            throw ApiError.Refused($"The certificate {certificate.Text("alias")} isn't of the zone {zone.Name}.");
        }

        var named = call.Find("hostid");
        var ids = IdsOf(certificate);
        if (named is not null && !ids.Contains(named.Id))
        {
            throw ApiError.Refused($"The certificate {certificate.Text("alias")} isn't on the host {named.Name}.");
        }

        var hosts = ids.Where(id => named is null || id == named.Id).Select(id => call.State.Store.Find(ResultClass.Host, id)).OfType<Entity>().ToList();
        if (named is null)
        {
            call.State.Store.Remove(certificate);
        }
        else
        {
            certificate.SetAttribute(HostIds, ids.Where(id => id != named.Id).ToList());
        }

        return Answer.List(hosts.Select(host => Status(call, host, Revoked)));
    }

    private static List<Entity> HostsOf(CommandCall call, Entity zone)
    {
        if (call.Find("hostid") is not { } host)
        {
            return [.. call.State.Table(ResultClass.Host).Where(one => one.Text("zoneid") == zone.Id && one.Text("hypervisor") == Kvm && one.State == "Up")];
        }

        DemandUp(host);
        return host.Text("zoneid") == zone.Id ? [host] : throw ApiError.Refused($"The host {host.Name} isn't in the zone {zone.Name}.");
    }

    private static void DemandKvm(string hypervisor)
    {
        if (!string.Equals(hypervisor, Kvm, StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.Refused($"Hosts of the hypervisor {hypervisor} take no certificates for direct downloads; only KVM does.");
        }
    }

    private static void DemandUp(Entity host)
    {
        if (host.State != "Up" || host.Text("hypervisor") != Kvm)
        {
            throw ApiError.Refused($"The host {host.Name} isn't a KVM host that is Up.");
        }
    }

    private static Entity? Find(CloudState state, Entity zone, string alias) =>
        state.Table(Class).FirstOrDefault(known => known.Text("alias") == alias && known.Text("zoneid") == zone.Id);

    private static List<string> IdsOf(Entity certificate) => certificate.Attribute<List<string>>(HostIds) ?? [];

    private static Entity WithHosts(CommandCall call, Entity certificate)
    {
        var shown = certificate.Copy();
        shown["hostsmap"] = IdsOf(certificate).Select(id => call.State.Store.Find(ResultClass.Host, id)).OfType<Entity>()
            .Select(host => Status(call, host, Uploaded)).ToList();
        return shown;
    }

    private static Entity Status(CommandCall call, Entity host, string status)
    {
        var shown = call.New(StatusClass);
        shown["hostid"] = host.Id;
        shown["hostname"] = host.Name;
        shown["status"] = status;
        return shown;
    }
}
