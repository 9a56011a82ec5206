using System.IO.Compression;
using System.Text.Json;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Shipping;

/// <summary>The MCPB bundle, by the tool of those who define it.</summary>
public sealed class BundleTests : IDisposable
{
    private const string Tool = "node_modules/@anthropic-ai/mcpb/dist/cli/cli.js";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudstack-bundle-");

    public void Dispose() => _folder.Delete(recursive: true);

    [NodeFact(nameof(NodeTools.Bundler))]
    public async Task The_manifest_is_valid_and_a_bundle_packs_with_its_program()
    {
        File.Copy(Path.Combine(TestPaths.Root, "deploy/mcpb/manifest.json"), Path.Combine(_folder.FullName, "manifest.json"));
        var entry = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "manifest.json")))
            .GetProperty("server").GetProperty("entry_point").GetString()!;
        Directory.CreateDirectory(Path.Combine(_folder.FullName, Path.GetDirectoryName(entry)!));
        File.Copy(Shell.Path, Path.Combine(_folder.FullName, entry));
        var bundle = Path.Combine(_folder.FullName, "cloudstack.mcpb");

        var valid = await NodeTools.Bundler.RunAsync(Tool, "validate", Path.Combine(_folder.FullName, "manifest.json"));
        var packed = await NodeTools.Bundler.RunAsync(Tool, "pack", _folder.FullName, bundle);

        Assert.True(valid.ExitCode == 0, valid.Output + valid.Error);
        Assert.True(packed.ExitCode == 0, packed.Output + packed.Error);
        using var zip = ZipFile.OpenRead(bundle);
        Assert.Contains(zip.Entries, file => file.FullName == "manifest.json");
        Assert.Contains(zip.Entries, file => file.FullName == entry);
    }

    [NodeFact(nameof(NodeTools.Bundler))]
    public async Task A_manifest_without_a_program_to_start_is_not_valid()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "deploy/mcpb/manifest.json"));
        var broken = Path.Combine(_folder.FullName, "manifest.json");
        await File.WriteAllTextAsync(broken, text.Replace("\"entry_point\"", "\"entry\"", StringComparison.Ordinal));

        Assert.NotEqual(0, (await NodeTools.Bundler.RunAsync(Tool, "validate", broken)).ExitCode);
    }
}
