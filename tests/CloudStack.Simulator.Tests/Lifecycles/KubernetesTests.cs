namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class KubernetesTests : Scene
{
    [Fact]
    public async Task Makes_a_cluster_whose_nodes_are_the_owners_machines()
    {
        var cluster = await ClusterAsync(("size", "2"), ("networkid", await NetworkAsync("web-net")));

        Assert.Equal(("Running", "2", "1", "6", "12288"), (Text(cluster, "state"), Text(cluster, "size"), Text(cluster, "controlnodes"), Text(cluster, "cpunumber"), Text(cluster, "memory")));
        var nodes = cluster.GetProperty("virtualmachines").EnumerateArray().ToList();
        Assert.Equal(3, nodes.Count);
        Assert.All(nodes, node => Assert.StartsWith("shop-", Text(node, "name"), StringComparison.Ordinal));
        Assert.Equal("web-team", Text(await LookAsync("listVirtualMachines", Id(nodes[0])), "account"));
        Assert.Contains((await User.CallAsync("listFirewallRules", ("listall", "true"))).Items, rule => Text(rule, "startport") == "6443");
        Assert.Contains("server: " + Text(cluster, "endpoint")!.TrimEnd('/'), Text((await User.CallAsync("getKubernetesClusterConfig", ("id", Id(cluster)))).Item, "configdata"), StringComparison.Ordinal);
        Assert.Contains("KUBERNETES.CLUSTER.CREATE", (await User.CallAsync("listEvents", ("listall", "true"))).Items.Select(e => Text(e, "type")));
    }

    [Fact]
    public async Task Stops_starts_and_deletes_a_cluster_with_its_nodes()
    {
        var cluster = Id(await ClusterAsync());
        var before = (await User.CallAsync("listVirtualMachines")).Count;
        await User.FailAsync(431, "startKubernetesCluster", ("id", cluster));
        await User.FinishAsync("stopKubernetesCluster", ("id", cluster));
        Assert.All(await NodesAsync(cluster), node => Assert.Equal("Stopped", node));
        await User.RefuseAsync(431, "getKubernetesClusterConfig", ("id", cluster));
        Assert.Equal("Running", Text(await User.FinishAsync("startKubernetesCluster", ("id", cluster)), "state"));
        Assert.All(await NodesAsync(cluster), node => Assert.Equal("Running", node));

        await User.FinishAsync("deleteKubernetesCluster", ("id", cluster));

        Assert.False(await ExistsAsync("listKubernetesClusters", cluster));
        Assert.Equal(before - 2, (await User.CallAsync("listVirtualMachines")).Count);
        Assert.DoesNotContain("shop-network", (await User.CallAsync("listNetworks")).Names);
    }

    [Fact]
    public async Task Scales_by_nodes_and_by_offering_and_puts_back_what_fails()
    {
        var cluster = Id(await ClusterAsync());
        Assert.Equal("3", Text(await User.FinishAsync("scaleKubernetesCluster", ("id", cluster), ("size", "3")), "size"));
        Assert.Equal(4, (await NodesAsync(cluster)).Count);
        Assert.Equal("2", Text(await User.FinishAsync("scaleKubernetesCluster", ("id", cluster), ("size", "2")), "size"));
        Assert.Equal("12", Text(await User.FinishAsync("scaleKubernetesCluster", ("id", cluster), ("serviceofferingid", await OfferingAsync("Large"))), "cpunumber"));

        await User.FailAsync(431, "scaleKubernetesCluster", ("id", cluster), ("serviceofferingid", await OfferingAsync("Medium")));
        await User.FailAsync(431, "scaleKubernetesCluster", ("id", cluster), ("size", "0"));
        await User.RefuseAsync(431, "scaleKubernetesCluster", ("id", cluster));
        await User.RefuseAsync(431, "scaleKubernetesCluster", ("id", cluster), ("autoscalingenabled", "true"), ("minsize", "3"), ("maxsize", "2"));
        await Root.DoAsync("updateResourceLimit", ("resourcetype", "0"), ("max", "9"), ("account", "web-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")));
        await User.FailAsync(535, "scaleKubernetesCluster", ("id", cluster), ("size", "5"));

        var after = await LookAsync("listKubernetesClusters", cluster);
        Assert.Equal(("Running", "2", "12"), (Text(after, "state"), Text(after, "size"), Text(after, "cpunumber")));
    }

    [Fact]
    public async Task Follows_its_load_between_its_bounds()
    {
        var cluster = Id(await ClusterAsync());
        await User.FinishAsync("scaleKubernetesCluster", ("id", cluster), ("autoscalingenabled", "true"), ("minsize", "2"), ("maxsize", "3"));
        for (var i = 0; i < 24; i++)
        {
            TheCloud.Clock.Step(TimeSpan.FromHours(1));
            Assert.InRange((await LookAsync("listKubernetesClusters", cluster)).GetProperty("size").GetInt64(), 2, 3);
        }

        Assert.Contains("KUBERNETES.CLUSTER.SCALE", (await User.CallAsync("listEvents", ("listall", "true"))).Items.Select(e => Text(e, "type")));
        await User.FinishAsync("scaleKubernetesCluster", ("id", cluster), ("autoscalingenabled", "false"));
        await User.FinishAsync("scaleKubernetesCluster", ("id", cluster), ("size", "5"));
        TheCloud.Clock.Step(TimeSpan.FromHours(5));
        Assert.Equal("5", Text(await LookAsync("listKubernetesClusters", cluster), "size"));
        await User.FinishAsync("scaleKubernetesCluster", ("id", cluster), ("autoscalingenabled", "true"), ("minsize", "1"), ("maxsize", "2"));

        TheCloud.Clock.Step(TimeSpan.FromHours(1));

        Assert.InRange((await LookAsync("listKubernetesClusters", cluster)).GetProperty("size").GetInt64(), 1, 2);
    }

    [Fact]
    public async Task Upgrades_one_minor_version_at_a_time()
    {
        var cluster = Id(await ClusterAsync());

        await User.FailAsync(431, "upgradeKubernetesCluster", ("id", cluster), ("kubernetesversionid", await VersionAsync("1.35.0")));
        await User.FailAsync(431, "upgradeKubernetesCluster", ("id", cluster), ("kubernetesversionid", await VersionAsync("1.32.9")));
        var upgraded = await User.FinishAsync("upgradeKubernetesCluster", ("id", cluster), ("kubernetesversionid", await VersionAsync("1.34.0")));

        Assert.Equal(("v1.34.0", "Running"), (Text(upgraded, "kubernetesversionname"), Text(upgraded, "state")));
    }

    [Fact]
    public async Task Refuses_versions_and_nodes_that_wont_do()
    {
        var version = await VersionAsync("1.33.1");
        (string, string)[] good = await WishAsync(version);
        await Root.RefuseAsync(431, "addKubernetesSupportedVersion", ("semanticversion", "1.9.0"), ("mincpunumber", "2"), ("minmemory", "2048"), ("url", "https://files.example/k"));
        await Root.RefuseAsync(431, "addKubernetesSupportedVersion", ("semanticversion", "newest"), ("mincpunumber", "2"), ("minmemory", "2048"), ("url", "https://files.example/k"));
        await User.RefuseAsync(431, "createKubernetesCluster", Instead(good, "serviceofferingid", await OfferingAsync("Small")));
        await User.RefuseAsync(431, "createKubernetesCluster", Instead(good, "size", "99"));
        await User.RefuseAsync(431, "createKubernetesCluster", Instead(good, "name", "-no-"));
        await User.RefuseAsync(531, "createKubernetesCluster", [.. good, ("networkid", await NetworkAsync("data-net"))]);
        await User.FinishAsync("createKubernetesCluster", good);
        await Root.FailAsync(431, "deleteKubernetesSupportedVersion", ("id", version));
        await Root.DoAsync("updateKubernetesSupportedVersion", ("id", version), ("state", "Disabled"));
        await User.RefuseAsync(431, "createKubernetesCluster", good);
    }

    [Fact]
    public async Task Keeps_nodes_from_being_destroyed_and_clusters_from_strangers()
    {
        var cluster = await ClusterAsync();
        var node = Id(cluster.GetProperty("virtualmachines")[0]);

        await User.FailAsync(431, "destroyVirtualMachine", ("id", node));
        var stranger = Root.As(TheCloud.Credentials.OtherUser);
        Assert.Empty((await stranger.CallAsync("listKubernetesClusters", ("listall", "true"))).Items);
        await stranger.RefuseAsync(531, "stopKubernetesCluster", ("id", Id(cluster)));
    }

    [Fact]
    public async Task Leaves_the_machines_of_a_cluster_that_is_managed_elsewhere()
    {
        var cluster = Id(await User.FinishAsync("createKubernetesCluster", ("name", "outside"), ("zoneid", await ZoneAsync()), ("clustertype", "ExternalManaged")));
        var machine = await MachineAsync("web-01");
        await User.DoAsync("addVirtualMachinesToKubernetesCluster", ("id", cluster), ("virtualmachineids", machine));
        await User.RefuseAsync(431, "addVirtualMachinesToKubernetesCluster", ("id", cluster), ("virtualmachineids", machine));
        Assert.Equal("1", Text(await LookAsync("listKubernetesClusters", cluster), "size"));
        await User.RefuseAsync(431, "stopKubernetesCluster", ("id", cluster));
        await User.FinishAsync("deleteKubernetesCluster", ("id", cluster));
        Assert.True(await ExistsAsync("listVirtualMachines", machine));
    }

    private async Task<System.Text.Json.JsonElement> ClusterAsync(params (string Name, string Value)[] more) =>
        await User.FinishAsync("createKubernetesCluster", [.. (await WishAsync(await VersionAsync("1.33.1"))).ExceptBy(more.Select(m => m.Name), w => w.Name), .. more]);

    private async Task<(string Name, string Value)[]> WishAsync(string version) =>
        [("name", "shop"), ("zoneid", await ZoneAsync()), ("kubernetesversionid", version), ("serviceofferingid", await OfferingAsync("Medium")), ("size", "1")];

    private async Task<string> VersionAsync(string number) => Id((await Root.DoAsync(
        "addKubernetesSupportedVersion", ("semanticversion", number), ("mincpunumber", "2"), ("minmemory", "2048"), ("url", "https://files.example/k8s.iso"))).Item);

    private async Task<List<string?>> NodesAsync(string cluster) =>
        [.. (await LookAsync("listKubernetesClusters", cluster)).GetProperty("virtualmachines").EnumerateArray().Select(node => Text(node, "state"))];

    private static (string, string)[] Instead((string Name, string Value)[] good, string name, string value) => [.. good.Where(g => g.Name != name), (name, value)];
}
