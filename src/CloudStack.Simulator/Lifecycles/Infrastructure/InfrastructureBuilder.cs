using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Appliances;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Makes zones and what stands in them; everything was checked before.</summary>
internal static class InfrastructureBuilder
{
    private const long Gibibyte = 1L << 30;

    public static Entity CreateZone(CloudState state, string name, string networkType)
    {
        var zone = state.New(ResultClass.Zone);
        zone["name"] = name;
        zone["networktype"] = networkType;
        zone["allocationstate"] = "Disabled";
        zone["securitygroupsenabled"] = false;
        zone["localstorageenabled"] = false;
        zone["dhcpprovider"] = "VirtualRouter";
        zone["type"] = "Core";
        zone["zonetoken"] = state.Ids.NextId();
        state.Store.Add(zone);
        return zone;
    }

    public static Entity CreatePhysicalNetwork(CloudState state, Entity zone, string name)
    {
        var network = state.New("PhysicalNetworkResponse");
        network["name"] = name;
        network["zoneid"] = zone.Id;
        network["zonename"] = zone.Link("name");
        network["broadcastdomainrange"] = "ZONE";
        network["isolationmethods"] = "VLAN";
        network["state"] = "Disabled";
        state.Store.Add(network);
        return network;
    }

    public static Entity CreatePod(CloudState state, Entity zone, string name)
    {
        var pod = state.New(ResultClass.Pod);
        pod["name"] = name;
        pod["zoneid"] = zone.Id;
        pod["zonename"] = zone.Link("name");
        pod["allocationstate"] = "Enabled";
        state.Store.Add(pod);
        return pod;
    }

    public static Entity CreateCluster(CloudState state, Entity pod, string name, string hypervisor)
    {
        var cluster = state.New(ResultClass.Cluster);
        cluster["name"] = name;
        cluster["hypervisortype"] = hypervisor;
        cluster["clustertype"] = "CloudManaged";
        cluster["allocationstate"] = "Enabled";
        cluster["managedstate"] = "Managed";
        cluster["arch"] = "x86_64";
        cluster["cpuovercommitratio"] = "4.0";
        cluster["memoryovercommitratio"] = "1.0";
        PlaceIn(cluster, pod);
        state.Store.Add(cluster);
        return cluster;
    }

    public static Entity CreateHost(CloudState state, Entity cluster, string name, string address)
    {
        var host = state.New(ResultClass.Host);
        host["name"] = name;
        host["ipaddress"] = address;
        host["type"] = "Routing";
        host["hypervisor"] = cluster.Text("hypervisortype");
        host["hypervisorversion"] = "10.0.0";
        host["state"] = "Up";
        host["resourcestate"] = "Enabled";
        host["version"] = state.Options.ServerVersion;
        host["cpunumber"] = 64;
        host["cpusockets"] = 2;
        host["cpuspeed"] = 2_600;
        host["memorytotal"] = 512 * Gibibyte;
        host["memoryallocated"] = 0L;
        host["memoryallocatedbytes"] = 0L;
        host["cpuallocatedvalue"] = 0L;
        host["cpuallocated"] = "0%";
        host["arch"] = "x86_64";
        host["capabilities"] = "hvm,snapshot";
        host["created"] = state.Clock.GetUtcNow();
        host["lastpinged"] = state.Clock.GetUtcNow();
        host["islocalstorageactive"] = false;
        host["hahost"] = false;
        host["clusterid"] = cluster.Id;
        host["clustername"] = cluster.Link("name");
        host["clustertype"] = cluster.Text("clustertype");
        host["podid"] = cluster.Text("podid");
        host["podname"] = cluster.Link("podname");
        host["zoneid"] = cluster.Text("zoneid");
        host["zonename"] = cluster.Link("zonename");
        state.Store.Add(host);
        return host;
    }

    /// <summary>Makes primary storage for a cluster.</summary>
    public static Entity CreatePool(CloudState state, Entity cluster, string name, string url, long bytes)
    {
        var pool = state.New(ResultClass.StoragePool);
        pool["name"] = name;
        pool["scope"] = "CLUSTER";
        pool["clusterid"] = cluster.Id;
        pool["clustername"] = cluster.Link("name");
        pool["podid"] = cluster.Text("podid");
        pool["podname"] = cluster.Link("podname");
        pool["zoneid"] = cluster.Text("zoneid");
        pool["zonename"] = cluster.Link("zonename");
        pool["hypervisor"] = cluster.Text("hypervisortype");
        Describe(state, pool, url, bytes);
        return pool;
    }

    /// <summary>Makes primary storage for a whole zone.</summary>
    public static Entity CreateZonePool(CloudState state, Entity zone, string name, string url, long bytes)
    {
        var pool = state.New(ResultClass.StoragePool);
        pool["name"] = name;
        pool["scope"] = "ZONE";
        pool["zoneid"] = zone.Id;
        pool["zonename"] = zone.Link("name");
        Describe(state, pool, url, bytes);
        return pool;
    }

    public static Entity CreateImageStore(CloudState state, Entity? zone, string name, string provider, string? url)
    {
        var store = state.New(ResultClass.ImageStore);
        store["name"] = name;
        store["providername"] = provider;
        store["url"] = url;
        store["protocol"] = url?.Split("://")[0];
        store["readonly"] = false;
        store["scope"] = zone is null ? "REGION" : "ZONE";
        store["zoneid"] = zone?.Id;
        store["zonename"] = zone?.Link("name");
        store["disksizetotal"] = 20L << 40;
        store["disksizeused"] = 2L << 40;
        state.Store.Add(store);
        return store;
    }

    /// <summary>Makes the console proxy and the secondary-storage machine of a zone.</summary>
    public static void CreateSystemVms(CloudState state, Entity zone, Entity pod)
    {
        SystemVms.Create(state, zone, pod, "secondarystoragevm");
        SystemVms.Create(state, zone, pod, "consoleproxy");
    }

    private static void PlaceIn(Entity entity, Entity pod)
    {
        entity["podid"] = pod.Id;
        entity["podname"] = pod.Link("name");
        entity["zoneid"] = pod.Text("zoneid");
        entity["zonename"] = pod.Link("zonename");
    }

    private static void Describe(CloudState state, Entity pool, string url, long bytes)
    {
        var parsed = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : null;
        pool["type"] = parsed?.Scheme switch { "rbd" => "RBD", "iscsi" => "Iscsi", "file" or "filesystem" => "Filesystem", _ => "NetworkFilesystem" };
        pool["ipaddress"] = parsed?.Host;
        pool["path"] = parsed?.AbsolutePath;
        pool["state"] = "Up";
        pool["created"] = state.Clock.GetUtcNow();
        pool["provider"] = "DefaultPrimary";
        pool["disksizetotal"] = bytes;
        pool["disksizeallocated"] = 0L;
        pool["disksizeused"] = 0L;
        pool["overprovisionfactor"] = "2.0";
        pool["managed"] = false;
        state.Store.Add(pool);
    }
}
