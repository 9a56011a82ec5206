using System.Reflection;
using Catalog.Compiler.Emitting;
using Catalog.Compiler.Help;

namespace Catalog.Compiler.Tests.Docs;

/// <summary>The module's assembly as the build left it.</summary>
internal static class BuiltCmdlets
{
    public static TopicSource Source { get; } = new(Metadata("CmdletAssembly"), Metadata("PowerShellReference"));

    /// <summary>Writes a target into a folder.</summary>
    public static void Emit(IEmitter emitter, string folder) => emitter.Emit(CloudStackData.Catalog, new OutputFolder(folder));

    private static string Metadata(string key) => typeof(BuiltCmdlets).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;
}
