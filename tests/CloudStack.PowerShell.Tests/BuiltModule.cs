using System.Reflection;

namespace CloudStack.PowerShell.Tests;

/// <summary>The module that the build put together.</summary>
internal static class BuiltModule
{
    private static readonly string Root = Metadata("RepositoryRoot");

    public static string Folder { get; } = Path.Combine(
        Root, "src", "CloudStack.PowerShell", "bin", Metadata("Configuration"), "net8.0", "module", "CloudStack.PowerShell");

    public static string RepositoryRoot => Root;

    public static string Configuration { get; } = Metadata("Configuration");

    public static string Assembly { get; } = Path.Combine(Folder, "lib", "CloudStack.PowerShell.dll");

    public static string Manifest { get; } = Path.Combine(Folder, "CloudStack.PowerShell.psd1");

    public static string PesterFolder { get; } = Path.Combine(Root, "tests", "Pester");

    public static string CatalogFile(string name) => Path.Combine(Root, "src", "Catalog", "cloudstack", name);

    private static string Metadata(string key) => typeof(BuiltModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;
}
