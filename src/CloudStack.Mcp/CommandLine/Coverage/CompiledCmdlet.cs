using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CloudStack.Mcp.CommandLine.Coverage;

/// <summary>A cmdlet as it stands in a compiled assembly.</summary>
/// <param name="Name">Verb and noun, such as <c>Get-CsZone</c>.</param>
/// <param name="ApiCommand">The API command that it calls, or null where it isn't bound to one.</param>
internal sealed record CompiledCmdlet(string Name, string? ApiCommand)
{
    private const string Attribute = "CmdletAttribute";
    private const string CommandGetter = "get_ApiCommand";

    /// <summary>Reads the cmdlets of an assembly without loading it.</summary>
    /// <param name="path">The assembly.</param>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="BadImageFormatException">It's no assembly.</exception>
    public static IReadOnlyList<CompiledCmdlet> ReadAll(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions
            .Select(metadata.GetTypeDefinition)
            .Select(type => (Type: type, Name: NameOf(metadata, type)))
            .Where(found => found.Name is not null)
            .Select(found => new CompiledCmdlet(found.Name!, CommandOf(file, metadata, found.Type)))];
    }

    // [Cmdlet("Get", "CsZone", …)]: the attribute's two constructor arguments.
    private static string? NameOf(MetadataReader metadata, TypeDefinition type)
    {
        foreach (var attribute in type.GetCustomAttributes().Select(metadata.GetCustomAttribute))
        {
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
                && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)parent).Name, Attribute))
            {
                var value = metadata.GetBlobReader(attribute.Value);
                value.ReadUInt16();
                return $"{value.ReadSerializedString()}-{value.ReadSerializedString()}";
            }
        }

        return null;
    }

    // protected override string ApiCommand => "listZones": the text that the property's getter loads.
    private static string? CommandOf(PEReader file, MetadataReader metadata, TypeDefinition type)
    {
        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            if (metadata.StringComparer.Equals(method.Name, CommandGetter) && method.RelativeVirtualAddress != 0)
            {
                var code = file.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
                return code.Length > 0 && code.ReadByte() == (byte)ILOpCode.Ldstr
                    ? metadata.GetUserString((UserStringHandle)System.Reflection.Metadata.Ecma335.MetadataTokens.Handle(code.ReadInt32()))
                    : null;
            }
        }

        return null;
    }
}
