using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Access;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Seed;

/// <summary>The tenants' networks, machines, volumes, snapshots, addresses and rules.</summary>
internal sealed class TenantSeed
{
    private readonly CloudState _state;
    private readonly Wares _wares;

    private TenantSeed(CloudState state, Wares wares)
    {
        _state = state;
        _wares = wares;
    }

    public static void Plant(CloudState state, People people, Places places, Wares wares)
    {
        var seed = new TenantSeed(state, wares);
        seed.PlantMachines(people, places);
        seed.PlantProject(people, places);
    }

    private void PlantMachines(People people, Places places)
    {
        var (fra, ams) = places;
        var web = Network(people.Web, fra, "web-net", "10.1.1.0/24");
        var data = Network(people.Data, fra, "data-net", "10.1.2.0/24");
        var ledger = Network(people.Ledger, ams, "ledger-net", "10.1.3.0/24");
        var office = Network(people.Admin, fra, "admin-net", "10.1.4.0/24");
        var shared = GuestNetworks.Create(
            _state, Owner.OfAccount(people.Admin), fra, _wares.Networks["Shared"], "shared-services", "172.16.10.0/24");
        var front = Machine(people.Web, fra, "web-01", "Small", "Debian 12", web);
        Machine(people.Web, fra, "web-02", "Small", "Debian 12", web);
        Machine(people.Web, fra, "web-03", "Small", "Debian 12", web);

        Stopped(Machine(people.Web, fra, "web-staging", "Small", "Debian 12", web));
        Machine(people.Web, fra, "lb-01", "Small", "Ubuntu 24.04", web);
        var database = Machine(people.Data, fra, "db-01", "Large", "Rocky 9", data);
        Machine(people.Data, fra, "db-02", "Large", "Rocky 9", data);
        Stopped(Machine(people.Data, fra, "etl-01", "Medium", "Ubuntu 24.04", data));
        Machine(people.Data, fra, "cache-01", "Medium", "Debian 12", data);
        Machine(people.Ledger, ams, "ledger-01", "Medium", "Debian 12", ledger);
        Stopped(Machine(people.Ledger, ams, "ledger-02", "Medium", "Debian 12", ledger));
        Machine(people.Admin, fra, "bastion-01", "Small", "Debian 12", office, shared);
        Machine(people.Admin, fra, "monitor-01", "Medium", "Ubuntu 24.04", office);
        PlantStorage(people, fra, database);
        OpenWeb(people, web, front);
    }

    private void PlantStorage(People people, Entity zone, Entity database)
    {
        var disk = VolumeBuilder.CreateData(_state, Owner.OfAccount(people.Data), zone, _wares.Disks["Disk 100 GB"], "db-01-data", null);
        VolumeBuilder.Attach(_state, disk, database, 1);
        VolumeBuilder.MakeReady(_state, disk);
        VolumeBuilder.CreateData(_state, Owner.OfAccount(people.Web), zone, _wares.Disks["Disk 20 GB"], "scratch", null);
        SnapshotBuilder.MakeReady(SnapshotBuilder.Create(_state, disk, "db-01-data-weekly", "MANUAL"));
        var dana = People.UserOf(people.Data);
        SeedCall.Run(
            _state, dana, "createSnapshotPolicy",
            ("volumeid", disk.Id), ("intervaltype", "DAILY"), ("schedule", "30:2"), ("timezone", "Etc/UTC"), ("maxsnaps", 7L));
        SeedCall.Run(_state, dana, "createVMSnapshot", ("virtualmachineid", database.Id), ("name", "before-upgrade"));
    }

    private void OpenWeb(People people, Entity network, Entity machine)
    {
        var address = PublicAddresses.Acquire(_state, Owner.OfAccount(people.Web), network, isSourceNat: false, chosen: null);
        foreach (var port in (long[])[80, 443])
        {
            FirewallRules.Open(_state, address, "tcp", port, port, "0.0.0.0/0");
        }

        var deniz = People.UserOf(people.Web);
        SeedCall.Run(
            _state, deniz, "createPortForwardingRule",
            ("ipaddressid", address.Id), ("virtualmachineid", machine.Id), ("protocol", "tcp"), ("publicport", 2222L), ("privateport", 22L));
        var balancer = SeedCall.Run(
            _state, deniz, "createLoadBalancerRule",
            ("publicipid", address.Id), ("name", "web"), ("algorithm", "roundrobin"), ("publicport", 80L), ("privateport", 8080L));
        SeedCall.Run(_state, deniz, "assignToLoadBalancerRule", ("id", balancer.Id), ("virtualmachineids", new[] { machine.Id }));
        SeedCall.Run(_state, deniz, "createEgressFirewallRule", ("networkid", network.Id), ("protocol", "all"));
        SeedCall.Run(_state, deniz, "addIpToNic", ("nicid", machine.Items("nic")[0].Id));
        SeedCall.Run(
            _state, deniz, "createAffinityGroup",
            ("name", "web-apart"), ("type", "host anti-affinity"), ("description", "Keeps the web servers on different hosts"));
        SeedCall.Run(
            _state, deniz, "registerSSHKeyPair",
            ("name", "deniz-laptop"), ("publickey", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleKeyOfTheSimulatorOpensNothing deniz"));
        SeedCall.Run(_state, deniz, "registerUserData", ("name", "cloud-init-base"), ("userdata", "I2Nsb3VkLWNvbmZpZwo="));
        SeedCall.Run(
            _state, deniz, "createTags",
            ("resourceids", new[] { machine.Id }), ("resourcetype", "UserVm"),
            ("tags", new[] { new Dictionary<string, string> { ["key"] = "role", ["value"] = "frontend" } }));
    }

    private void PlantProject(People people, Places places)
    {
        var owner = Owner.OfProject(ProjectBuilder.Create(_state, people.Web, "Storefront", "The shop's next version"));
        var network = GuestNetworks.Create(_state, owner, places.Frankfurt, _wares.Networks["Isolated"], "storefront-net", "10.1.8.0/24");
        Machine(owner, People.UserOf(people.Web), places.Frankfurt, "shop-01", "Medium", "Ubuntu 24.04", network);
    }

    private Entity Network(Entity account, Entity zone, string name, string cidr) =>
        GuestNetworks.Create(_state, Owner.OfAccount(account), zone, _wares.Networks["Isolated"], name, cidr);

    private Entity Machine(Entity account, Entity zone, string name, string size, string template, params Entity[] networks) =>
        Machine(Owner.OfAccount(account), People.UserOf(account), zone, name, size, template, networks);

    private Entity Machine(
        Owner owner, Entity user, Entity zone, string name, string size, string template, params Entity[] networks)
    {
        var plan = new MachinePlan(owner, zone, _wares.Sizes[size], _wares.Templates[template], user, name)
        {
            Networks = [.. networks.Select(network => new NetworkWish(network))],
        };
        var machine = MachineBuilder.Create(_state, plan);
        MachineBuilder.Start(_state, machine);
        return machine;
    }

    private void Stopped(Entity machine) => MachineBuilder.Stop(_state, machine);
}
