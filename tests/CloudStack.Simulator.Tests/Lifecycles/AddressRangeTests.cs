using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class AddressRangeTests : Scene
{
    private const string Quarantine = "public.ip.address.quarantine.duration";

    [Fact]
    public async Task Reserves_a_free_address_for_somebody_until_it_is_used_or_released()
    {
        var free = await Recipes.FreeAddressAsync(Root);
        (string, string)[] owner = [("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("account", "web-team")];

        var reserved = (await Root.DoAsync("reserveIpAddress", [("id", free), .. owner])).Item;

        Assert.Equal((free, "Reserved", "web-team"), (Id(reserved), Text(reserved, "state"), Text(reserved, "account")));
        await Root.RefuseAsync(431, "reserveIpAddress", ("id", free));
        await Root.RefuseAsync(431, "associateIpAddress", ("networkid", await NetworkAsync("data-net")), ("ipaddress", Text(reserved, "ipaddress")!));
        var used = await User.FinishAsync("associateIpAddress", ("networkid", await NetworkAsync("web-net")), ("ipaddress", Text(reserved, "ipaddress")!));
        Assert.Equal((free, "Allocated"), (Id(used), Text(used, "state")));
        await Root.RefuseAsync(431, "releaseIpAddress", ("id", free));

        var other = await Recipes.FreeAddressAsync(Root);
        await Root.DoAsync("reserveIpAddress", [("id", other), .. owner]);
        await User.DoAsync("releaseIpAddress", ("id", other));
        Assert.Equal(other, await Recipes.FreeAddressAsync(Root));
        await Root.RefuseAsync(431, "reserveIpAddress", ("id", "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11"));
    }

    [Fact]
    public async Task Keeps_an_address_in_quarantine_for_its_former_owner_until_time_is_up()
    {
        var clock = new SteppedClock();
        using var cloud = new SimulatedCloud(new SimulatorOptions { Clock = clock });
        var root = SignedCaller.Root(cloud);
        var user = root.As(cloud.Credentials.User);
        var (web, data) = (await root.IdOfAsync("listNetworks", "web-net"), await root.IdOfAsync("listNetworks", "data-net"));
        await root.DoAsync("updateConfiguration", ("name", Quarantine), ("value", "60"));
        var address = await user.FinishAsync("associateIpAddress", ("networkid", web));
        (string, string) text = ("ipaddress", Text(address, "ipaddress")!);
        await user.FinishAsync("disassociateIpAddress", ("id", Id(address)));

        Assert.Contains("in quarantine", await root.RefuseAsync(431, "associateIpAddress", ("networkid", data), text), StringComparison.Ordinal);
        Assert.Equal("web-team", Text((await root.CallAsync("listQuarantinedIps")).Items.Single(), "previousownername"));
        clock.Step(TimeSpan.FromMinutes(61));
        Assert.Empty((await root.CallAsync("listQuarantinedIps")).Items);
        Assert.Single((await root.CallAsync("listQuarantinedIps", ("showinactive", "true"))).Items);

        await root.FinishAsync("associateIpAddress", ("networkid", data), text);
    }

    [Fact]
    public async Task Ends_a_quarantine_early_or_later()
    {
        await Root.DoAsync("updateConfiguration", ("name", Quarantine), ("value", "60"));
        var address = await AddressAsync();
        (string, string) text = ("ipaddress", Text(await LookAsync("listPublicIpAddresses", address), "ipaddress")!);
        await User.FinishAsync("disassociateIpAddress", ("id", address));
        await Root.RefuseAsync(431, "updateQuarantinedIp", text, ("enddate", "2001-01-01T00:00:00+0000"));
        await Root.RefuseAsync(530, "updateQuarantinedIp", ("ipaddress", "192.0.2.77"), ("enddate", "2091-01-01T00:00:00+0000"));
        await Root.DoAsync("updateQuarantinedIp", text, ("enddate", "2091-01-01T00:00:00+0000"));

        await Root.DoAsync("removeQuarantinedIp", text, ("removalreason", "needed elsewhere"));

        Assert.Empty((await Root.CallAsync("listQuarantinedIps")).Items);
        Assert.Equal("needed elsewhere", Text((await Root.CallAsync("listQuarantinedIps", ("showremoved", "true"))).Items.Single(), "removalreason"));
        await Root.RefuseAsync(530, "removeQuarantinedIp", text, ("removalreason", "again"));
        await Root.FinishAsync("associateIpAddress", ("networkid", await NetworkAsync("data-net")), text);
    }

    [Fact]
    public async Task Gives_portable_addresses_while_a_region_has_some()
    {
        (string, string)[] range = [("regionid", "1"), ("gateway", "192.0.2.1"), ("netmask", "255.255.255.0"), ("startip", "192.0.2.10"), ("endip", "192.0.2.11")];
        (string, string)[] wish = [("networkid", await NetworkAsync("web-net")), ("isportable", "true")];
        await User.RefuseAsync(533, "associateIpAddress", wish);
        await Root.RefuseAsync(431, "createPortableIpRange", [.. range.Where(a => a.Item1 != "regionid"), ("regionid", "9")]);
        var made = await Root.FinishAsync("createPortableIpRange", range);
        await Root.RefuseAsync(431, "createPortableIpRange", range);
        Assert.Equal("True", Text((await Root.CallAsync("listRegions")).Items.Single(), "portableipserviceenabled"));

        var address = await User.FinishAsync("associateIpAddress", wish);

        Assert.Equal(("192.0.2.10", "True", "fra1"), (Text(address, "ipaddress"), Text(address, "isportable"), Text(address, "zonename")));
        var listed = (await Root.CallAsync("listPortableIpRanges", ("regionid", "1"))).Items.Single().GetProperty("portableipaddress").EnumerateArray();
        Assert.Equal(["Allocated", "Free"], listed.Select(one => Text(one, "state")));
        Assert.Contains("in use", await Root.FailAsync(431, "deletePortableIpRange", ("id", Id(made))), StringComparison.Ordinal);
        await User.FinishAsync("disassociateIpAddress", ("id", Id(address)));
        await Root.FinishAsync("deletePortableIpRange", ("id", Id(made)));
        Assert.Equal("False", Text((await Root.CallAsync("listRegions")).Items.Single(), "portableipserviceenabled"));
    }

    [Fact]
    public async Task Gives_and_takes_management_addresses_of_a_pod()
    {
        var pod = await Root.IdOfAsync("listPods", "fra1-pod-1");
        var range = await Recipes.PodRangeAsync(Root);
        var changed = await Root.FinishAsync("createManagementNetworkIpRange", range);
        Assert.Equal(["10.20.1.10", "10.20.3.10"], changed.GetProperty("startip").EnumerateArray().Select(one => one.GetString()));
        Assert.Contains("conflicts", await Root.FailAsync(431, "createManagementNetworkIpRange", range), StringComparison.Ordinal);
        await Root.FailAsync(431, "createManagementNetworkIpRange", [.. range.Where(a => a.Name != "gateway"), ("gateway", "10.20.0.9")]);

        var taken = await Root.DoAsync("acquirePodIpAddress", await Recipes.PodOfZoneAsync(Root));

        Assert.Contains("10.20.1.10", taken.Body, StringComparison.Ordinal);
        (string, string)[] first = [("podid", pod), ("currentstartip", "10.20.1.10"), ("currentendip", "10.20.1.200")];
        Assert.Contains("in use", await Root.FailAsync(530, "updatePodManagementNetworkIpRange", [.. first, ("newstartip", "10.20.1.11")]), StringComparison.Ordinal);
        await Root.DoAsync("releasePodIpAddress", ("id", "1"));
        await Root.RefuseAsync(530, "releasePodIpAddress", ("id", "1"));
        await Root.FinishAsync("updatePodManagementNetworkIpRange", [.. first, ("newstartip", "10.20.1.11")]);
        await Root.FinishAsync("deleteManagementNetworkIpRange", ("podid", pod), ("startip", "10.20.3.10"), ("endip", "10.20.3.20"), ("vlan", "700"));
        Assert.Equal(["10.20.1.11"], (await LookAsync("listPods", pod)).GetProperty("startip").EnumerateArray().Select(one => one.GetString()));
        await Root.FailAsync(431, "deleteManagementNetworkIpRange", ("podid", pod), ("startip", "10.20.3.10"), ("endip", "10.20.3.20"), ("vlan", "700"));
    }

    [Fact]
    public async Task Has_storage_addresses_once_the_zone_has_a_storage_network()
    {
        var pod = await Root.IdOfAsync("listPods", "fra1-pod-1");
        Assert.Contains("Storage", await Root.RefuseAsync(
            530, "createStorageNetworkIpRange", ("podid", pod), ("gateway", "10.20.0.1"), ("netmask", "255.255.0.0"), ("startip", "10.20.9.10")), StringComparison.Ordinal);
        var terms = await Recipes.StorageTermsAsync(Root);
        var made = await Root.FinishAsync("createStorageNetworkIpRange", terms);

        Assert.Equal(("10.20.9.20", "700"), (Text(made, "endip"), Text(made, "vlan")));
        await Root.RefuseAsync(431, "createStorageNetworkIpRange", terms);
        await Root.RefuseAsync(431, "createStorageNetworkIpRange", [.. terms.Where(a => a.Name is not ("startip" or "endip")), ("startip", "10.20.1.100")]);
        await Root.FailAsync(431, "updateStorageNetworkIpRange", ("id", Id(made)), ("startip", "10.20.1.100"));
        Assert.Equal("10.20.9.40", Text(await Root.FinishAsync("updateStorageNetworkIpRange", ("id", Id(made)), ("endip", "10.20.9.40")), "endip"));
        await Root.FinishAsync("deleteStorageNetworkIpRange", ("id", Id(made)));
        Assert.Empty((await Root.CallAsync("listStorageNetworkIpRange", ("podid", pod))).Items);
    }
}
