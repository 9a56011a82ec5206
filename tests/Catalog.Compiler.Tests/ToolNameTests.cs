using Catalog.Compiler.Emitting;

namespace Catalog.Compiler.Tests;

public sealed class ToolNameTests
{
    [Theory]
    [InlineData("listVirtualMachines", "list_virtual_machines")]
    [InlineData("listVPCs", "list_vpcs")]
    [InlineData("createVPCOffering", "create_vpc_offering")]
    [InlineData("updateVMAffinityGroup", "update_vm_affinity_group")]
    [InlineData("listNetworkACLs", "list_network_acls")]
    [InlineData("listASNumbers", "list_as_numbers")]
    [InlineData("addImageStoreS3", "add_image_store_s3")]
    [InlineData("createIpv6FirewallRule", "create_ipv6_firewall_rule")]
    [InlineData("addCiscoAsa1000vResource", "add_cisco_asa1000v_resource")]
    [InlineData("restoreVolumeFromBackupAndAttachToVM", "restore_volume_from_backup_and_attach_to_vm")]
    [InlineData("verifyOAuthCodeAndGetUser", "verify_oauth_code_and_get_user")]
    [InlineData("login", "login")]
    public void A_command_is_named_in_snake_case_with_acronyms_whole(string command, string tool) =>
        Assert.Equal(tool, ToolName.Of(command));

    [Theory]
    [InlineData("VirtualMachine", "virtual-machine")]
    [InlineData("Ipv4Subnet", "ipv4-subnet")]
    [InlineData("Vpc", "vpc")]
    public void A_toolset_is_named_in_kebab_case(string category, string toolset) =>
        Assert.Equal(toolset, ToolName.Toolset(category));
}
