using System.IO.Compression;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Shipping;

/// <summary>The .NET tool's package, packed from this checkout and installed from a folder, in a temporary place.</summary>
public sealed class PackedTool : IAsyncLifetime
{
    /// <summary>A name in the registry that only a publisher could give.</summary>
    public const string RegistryName = "io.github.test-publisher/cloudstack-mcp";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudstack-tool-");

    /// <summary>The installed program.</summary>
    public string Program => Path.Combine(_folder.FullName, "tools", OperatingSystem.IsWindows() ? "cloudstack-mcp.exe" : "cloudstack-mcp");

    /// <summary>The package.</summary>
    public string Package => Directory.GetFiles(_folder.FullName, "*.nupkg").Single();

    public async Task InitializeAsync()
    {
        // What a test build leaves behind is up to date, so that this compiles nothing.
        var project = Path.Combine(TestPaths.Root, "src", "CloudStack.Mcp");
        await DotnetAsync("pack", project, "--configuration", Sdk.Configuration, "--output", _folder.FullName, $"-p:McpRegistryName={RegistryName}");
        var sources = Path.Combine(_folder.FullName, "nuget.config");
        await File.WriteAllTextAsync(
            sources, $"""<configuration><packageSources><clear /><add key="here" value="{_folder.FullName}" /></packageSources></configuration>""");
        await DotnetAsync("tool", "install", "cloudstack-mcp", "--tool-path", Path.Combine(_folder.FullName, "tools"), "--configfile", sources);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Reads a file of the package.</summary>
    /// <param name="path">Its path in the package.</param>
    public string Read(string path)
    {
        using var package = ZipFile.OpenRead(Package);
        using var reader = new StreamReader(package.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>Packs with other properties, and doesn't mind a failure.</summary>
    internal Task<Run> PackAsync(params string[] properties) => Sdk.RunAsync(
        ["pack", Path.Combine(TestPaths.Root, "src", "CloudStack.Mcp"), "--configuration", Sdk.Configuration, "--output", Path.Combine(_folder.FullName, "other"), .. properties]);

    private static async Task DotnetAsync(params string[] arguments)
    {
        var run = await Sdk.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }
}
