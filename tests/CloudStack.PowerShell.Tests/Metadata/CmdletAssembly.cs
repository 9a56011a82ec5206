using System.Reflection;
using Cloud.Core.Catalog;
using CloudStack.Client;

namespace CloudStack.PowerShell.Tests.Metadata;

/// <summary>All cmdlets of the built module, read without loading them.</summary>
internal static class CmdletAssembly
{
    private static readonly MetadataLoadContext Context = new(new PathAssemblyResolver(
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll"),
        .. Directory.GetFiles(Path.GetDirectoryName(BuiltModule.Assembly)!, "*.dll"),
        Path.Combine(AppContext.BaseDirectory, "reference", "System.Management.Automation.dll"),
    ]));

    public static IReadOnlyList<Cmdlet> All { get; } = [.. Context.LoadFromAssemblyPath(BuiltModule.Assembly).GetTypes()
        .Where(type => type.IsPublic && !type.IsAbstract)
        .Select(type => (Type: type, Attribute: type.GetCustomAttributesData()
            .FirstOrDefault(a => a.AttributeType.FullName == "System.Management.Automation.CmdletAttribute")))
        .Where(found => found.Attribute is not null)
        .Select(found => new Cmdlet(found.Type, found.Attribute!))];

    public static CommandCatalog Catalog { get; } = CloudStackCatalog.Load();

    /// <summary>The generated cmdlets with their commands.</summary>
    public static IReadOnlyList<(Cmdlet Cmdlet, CommandSpec Command)> Generated { get; } = [.. All
        .Select(cmdlet => (cmdlet, Command: Catalog.FindByCmdlet(cmdlet.Name)))
        .Where(pair => pair.Command is not null)
        .Select(pair => (pair.cmdlet, pair.Command!))];
}
