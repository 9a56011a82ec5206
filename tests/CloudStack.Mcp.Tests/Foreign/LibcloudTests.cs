using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Foreign;

/// <summary>A client that knows nothing of us: Apache Libcloud's own CloudStack driver against the simulator over HTTP.</summary>
public sealed class LibcloudTests
{
    private const string Connect = """
        import sys, warnings
        warnings.filterwarnings('ignore')
        from libcloud.compute.types import Provider, NodeState
        from libcloud.compute.providers import get_driver
        url, key, secret = sys.argv[1:4]
        host, port = url.split('/')[2].split(':')
        driver = get_driver(Provider.CLOUDSTACK)(key, secret, secure=False, host=host, port=int(port), path='/client/api')
        driver.connection.poll_interval = 0.05
        driver.connection.connection.timeout = 30

        def only(items, name):
            return next(item for item in items if item.name == name)

        def eq(got, wanted):
            assert got == wanted, f'{got!r} is not {wanted!r}'

        zone = only(driver.list_locations(), 'fra1')
        """;

    [LibcloudFact]
    public Task Lists_what_there_is() => PassesAsync("""
        eq(sorted(z.name for z in driver.list_locations()), ['ams1', 'fra1'])
        eq(only(driver.list_sizes(), 'Medium').ram, 4096)
        assert 'Debian 12' in [i.name for i in driver.list_images(zone)]
        assert 'admin-net' in [n.name for n in driver.ex_list_networks()]
        eq(sorted(n.name for n in driver.list_nodes()), ['bastion-01', 'monitor-01'])
        """);

    [LibcloudFact]
    public Task Creates_stops_starts_reboots_and_destroys_a_node() => PassesAsync("""
        node = driver.create_node(
            name='foreign-01', location=zone, size=only(driver.list_sizes(), 'Small'),
            image=only(driver.list_images(zone), 'Debian 12'), networks=[only(driver.ex_list_networks(), 'admin-net')], ex_start_vm=True)
        eq((node.name, node.state), ('foreign-01', NodeState.RUNNING))
        assert node.private_ips[0].startswith('10.1.4.')
        eq(driver.ex_stop(node), 'Stopped')
        eq(only(driver.list_nodes(), 'foreign-01').state, NodeState.STOPPED)
        eq(driver.ex_start(node), 'Running')
        assert driver.reboot_node(node)
        assert driver.destroy_node(node, ex_expunge=True)
        assert 'foreign-01' not in [n.name for n in driver.list_nodes()]
        """);

    [LibcloudFact]
    public Task Creates_attaches_detaches_snapshots_and_destroys_a_volume() => PassesAsync("""
        node = only(driver.list_nodes(), 'bastion-01')
        volume = driver.create_volume(size=20, name='foreign-disk', location=zone)
        assert driver.attach_volume(node, volume)
        eq(only(driver.list_volumes(node), 'foreign-disk').extra['instance_id'], node.id)
        snapshot = driver.create_volume_snapshot(volume)
        assert snapshot.id in [s.id for s in driver.list_snapshots()]
        assert driver.destroy_volume_snapshot(snapshot)
        assert driver.detach_volume(volume)
        assert driver.destroy_volume(volume)
        assert 'foreign-disk' not in [v.name for v in driver.list_volumes()]
        """);

    [LibcloudFact]
    public Task Acquires_an_address_and_forwards_a_port() => PassesAsync("""
        node = only(driver.list_nodes(), 'bastion-01')
        network = only(driver.ex_list_networks(), 'admin-net')
        address = driver.ex_allocate_public_ip(location=zone, network_id=network.id)
        assert address.id in [a.id for a in driver.ex_list_public_ips()]
        rule = driver.ex_create_port_forwarding_rule(node, address, 22, 2222, 'TCP', openfirewall=False)
        eq((rule.public_port, rule.private_port), (2222, 22))
        assert rule.id in [r.id for r in driver.ex_list_port_forwarding_rules()]
        assert driver.ex_delete_port_forwarding_rule(node, rule)
        assert driver.ex_release_public_ip(address)
        """);

    [LibcloudFact]
    public Task Creates_imports_and_deletes_key_pairs() => PassesAsync("""
        pair = driver.create_key_pair('foreign-key')
        assert 'PRIVATE KEY' in pair.private_key
        eq(driver.get_key_pair('foreign-key').fingerprint, pair.fingerprint)
        driver.import_key_pair_from_string('foreign-import', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleKeyOfTheSimulatorOpensNothing x')
        # The driver waits for the text "true" of old servers and reports their successors' true as a failure.
        driver.delete_key_pair(pair)
        eq([k.name for k in driver.list_key_pairs()], ['foreign-import'])
        """);

    [LibcloudFact]
    public Task Gets_the_servers_own_error_for_a_mistake() => PassesAsync("""
        from libcloud.common.types import ProviderError
        try:
            driver.ex_start(only(driver.list_nodes(), 'bastion-01'))
            raise AssertionError('started twice')
        except Exception as error:
            assert 'bastion-01' in str(error), error
        """);

    private static async Task PassesAsync(string script)
    {
        using var simulator = await RunningSimulator.StartAsync("--job-seconds", "0.1");

        var run = await Libcloud.RunAsync(Connect + "\n" + script, simulator.Url.AbsoluteUri, simulator.ApiKey, simulator.SecretKey);

        Assert.True(run.ExitCode == 0, run.Error);
    }
}
