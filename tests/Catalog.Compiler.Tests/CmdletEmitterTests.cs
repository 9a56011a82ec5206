using Catalog.Compiler.Cmdlets;
using Catalog.Compiler.Module;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Tests;

/// <summary>The cmdlets and the manifest as the build writes them.</summary>
public sealed class CmdletEmitterTests
{
    private static readonly CompiledCatalog Catalog = CloudStackData.Catalog;

    [Fact]
    public void A_cmdlet_is_a_bag_of_parameters_and_the_name_of_its_command()
    {
        var source = Write("startVirtualMachine");

        Assert.Contains("""[Cmdlet("Start", "CsVirtualMachine", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]""", source, StringComparison.Ordinal);
        Assert.Contains("""[Alias("startVirtualMachine")]""", source, StringComparison.Ordinal);
        Assert.Contains("[OutputType(typeof(VirtualMachine), typeof(StartedJob))]", source, StringComparison.Ordinal);
        Assert.Contains("public sealed class StartCsVirtualMachineCommand : JobCommand", source, StringComparison.Ordinal);
        Assert.Contains("public Identity<VirtualMachine>? Id { get; set; }", source, StringComparison.Ordinal);
        Assert.Contains("public bool ConsiderLastHost { get; set; }", source, StringComparison.Ordinal);
        Assert.Contains("""protected override string ApiCommand => "startVirtualMachine";""", source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paged_list_pages_as_PowerShell_does()
    {
        var source = Write("listVirtualMachines");

        Assert.Contains("SupportsPaging = true", source, StringComparison.Ordinal);
        Assert.DoesNotContain(" PageSize ", source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_parameter_hides_the_cmdlets_own_host() =>
        Assert.Contains("public new string? Host { get; set; }", Write("importVm"), StringComparison.Ordinal);

    [Theory]
    [InlineData("stopVirtualMachine", "Id")]
    [InlineData("createSnapshot", "VolumeId")]
    [InlineData("migrateVirtualMachine", "VirtualMachineId")]
    [InlineData("addNicToVirtualMachine", "VirtualMachineId")]
    [InlineData("migrateVolume", "VolumeId")]
    public void What_a_command_acts_on_comes_first_and_from_the_pipeline(string command, string parameter)
    {
        var first = Parameters(command)[0];

        Assert.Equal(parameter, first.Name);
        Assert.Equal(0, first.Position);
        Assert.True(first.FromPipeline);
    }

    [Fact]
    public void A_machines_current_host_is_never_taken_for_where_it_should_go() =>
        Assert.False(Parameters("migrateVirtualMachine").Single(p => p.Name == "HostId").FromProperty);

    [Fact]
    public void A_label_that_belongs_to_PowerShell_is_refused()
    {
        var command = Catalog.Commands.First(c => c.Name == "listZones");
        var clashing = command with { Parameters = [new ParameterSpec { Name = "x", Label = "Verbose", Type = ParameterType.String }] };

        var error = Assert.Throws<InvalidOperationException>(() => new CmdletParameters(new ParameterTypes(Catalog)).Of(clashing));

        Assert.Contains("Verbose", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_names_every_cmdlet_and_alias_in_the_indentation_of_its_line()
    {
        const string template = "@{\n    C = @(\n        'Own',\n        # cmdlets\n    )\n    A = @(\n        # aliases\n    )\n}\n";
        var commands = Catalog.Commands.Where(c => c.Name is "listZones" or "createZone" or "login");

        Assert.Equal(
            "@{\n    C = @(\n        'Own',\n        'Get-CsZone',\n        'New-CsZone'\n    )\n    A = @(\n        'createZone',\n        'listZones'\n    )\n}\n",
            ManifestEmitter.Fill(template, commands));
    }

    [Fact]
    public void A_manifest_without_its_lines_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => ManifestEmitter.Fill("@{ }", Catalog.Commands));

    private static string Write(string command) => new CmdletClass(Catalog).Write(Catalog.Commands.Single(c => c.Name == command));

    private static IReadOnlyList<CmdletParameter> Parameters(string command) =>
        new CmdletParameters(new ParameterTypes(Catalog)).Of(Catalog.Commands.Single(c => c.Name == command));
}
