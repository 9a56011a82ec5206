using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Extensions;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Networking.Addresses;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Pods and clusters of a zone.</summary>
internal sealed class Pods : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listPods", call => Listing.Of(call, ResultClass.Pod));
        commands.Do("createPod", CreatePod);
        commands.Do("updatePod", UpdatePod);
        commands.Do("deletePod", DeletePod);
        commands.Read("listClusters", call => Listing.Of(
            call, ResultClass.Cluster, c => call.Text("hypervisor") is not { } h || c.Text("hypervisortype") == h));
        commands.Do("addCluster", AddCluster);
        commands.Do("updateCluster", UpdateCluster);
        commands.Do("deleteCluster", DeleteCluster);
    }

    private static Answer CreatePod(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var name = call.RequiredText("name");
        DemandFreeName(call.State.Table(ResultClass.Pod), zone.Id, name);
        foreach (var field in (string[])["gateway", "startip", "endip"])
        {
            if (call.Text(field) is { Length: > 0 } address && !AddressPool.IsAddress(address))
            {
                throw ApiError.Refused($"Please specify a valid {field}: {address} is no IPv4 address.");
            }
        }

        var pod = InfrastructureBuilder.CreatePod(call.State, zone, name);
        ApplyPod(call, pod);
        return Answer.Of(pod);
    }

    private static Answer UpdatePod(CommandCall call)
    {
        var pod = call.Target("id");
        ApplyPod(call, pod);
        return Answer.Of(pod);
    }

    private static void ApplyPod(CommandCall call, Entity pod) =>
        call.Apply(pod, "name", "gateway", "netmask", "allocationstate", "startip", "endip");

    private static Answer DeletePod(CommandCall call)
    {
        var pod = call.Target("id");
        DemandEmpty(call, ResultClass.Cluster, "podid", pod, "clusters");
        DemandEmpty(call, ResultClass.Host, "podid", pod, "hosts");
        if (PodAddresses.Of(call.State, pod).Any() || StorageRanges.Any(call.State, pod))
        {
            throw ApiError.Refused($"{pod.Name} can't be deleted: it has management addresses in use, or storage addresses.");
        }

        call.State.Store.Remove(pod);
        return Answer.Done;
    }

    private static Answer AddCluster(CommandCall call)
    {
        var pod = call.Target("podid");
        if (pod.Text("zoneid") != call.Target("zoneid").Id)
        {
            throw ApiError.Refused($"The pod {pod.Name} isn't in the zone given.");
        }

        var name = call.RequiredText("clustername");
        DemandFreeName(call.State.Table(ResultClass.Cluster), pod.Text("zoneid")!, name);
        if (call.RequiredText("clustertype") is var type && type is not ("CloudManaged" or "ExternalManaged"))
        {
            throw ApiError.Refused($"Unable to resolve {type} to a supported cluster type.");
        }

        var extension = call.Find("extensionid");
        if (extension is not null)
        {
            ExtensionClusters.DemandExternal(call.RequiredText("hypervisor"));
        }

        var cluster = InfrastructureBuilder.CreateCluster(call.State, pod, name, call.RequiredText("hypervisor"));
        cluster["clustertype"] = type;
        if (extension is not null)
        {
            ExtensionClusters.Register(call.State, extension, cluster, call.Map("externaldetails"));
        }

        call.Apply(cluster, "allocationstate", "arch");
        return Answer.List([cluster]);
    }

    private static Answer UpdateCluster(CommandCall call)
    {
        var cluster = call.Target("id");
        cluster["name"] = call.Text("clustername") ?? cluster.Name;
        call.Apply(cluster, "allocationstate", "clustertype", "managedstate", "arch");
        return Answer.Of(cluster);
    }

    private static Answer DeleteCluster(CommandCall call)
    {
        var cluster = call.Target("id");
        DemandEmpty(call, ResultClass.Host, "clusterid", cluster, "hosts");
        DemandEmpty(call, ResultClass.StoragePool, "clusterid", cluster, "primary storage");
        ExtensionClusters.Forget(call.State, cluster);
        call.State.Store.Remove(cluster);
        return Answer.Done;
    }

    private static void DemandFreeName(EntityTable table, string zoneId, string name)
    {
        if (table.Any(other => other.Text("zoneid") == zoneId && other.Name == name))
        {
            throw ApiError.Refused($"The zone already has one named {name}.");
        }
    }

    private static void DemandEmpty(CommandCall call, string className, string field, Entity container, string what)
    {
        if (call.State.Table(className).Any(entity => entity.Text(field) == container.Id))
        {
            throw ApiError.Refused($"{container.Name} can't be deleted: there are {what} in it.");
        }
    }
}
