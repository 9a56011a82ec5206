using System.Reflection;
using System.Runtime.InteropServices;

namespace Catalog.Compiler.Help;

/// <summary>Reads the cmdlets of a built assembly by its metadata; nothing of it is run.</summary>
internal static class CmdletAssembly
{
    private const string Space = "System.Management.Automation.";

    /// <summary>Reads all cmdlets, sorted by name.</summary>
    /// <param name="path">The assembly, with what it references beside it.</param>
    /// <param name="powerShell">The assembly that defines PowerShell's attributes.</param>
    public static IReadOnlyList<BuiltCmdlet> Read(string path, string powerShell)
    {
        using var context = new MetadataLoadContext(new PathAssemblyResolver(
        [
            .. Directory.GetFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*.dll"),
            .. Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, "*.dll"),
            powerShell,
        ]));
        return [.. context.LoadFromAssemblyPath(Path.GetFullPath(path)).GetTypes()
            .Where(type => type.IsPublic && !type.IsAbstract)
            .Select(type => (Type: type, Attribute: Attributes(type, "CmdletAttribute").FirstOrDefault()))
            .Where(found => found.Attribute is not null)
            .Select(found => ReadCmdlet(found.Type, found.Attribute!))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }

    private static BuiltCmdlet ReadCmdlet(Type type, CustomAttributeData attribute)
    {
        var parameters = Hierarchy(type)
            .SelectMany(owner => owner.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(ReadParameter)
            .OfType<BuiltParameter>()
            .DistinctBy(parameter => parameter.Name)
            .ToList();
        if (Setting(attribute, "SupportsPaging") is true)
        {
            parameters.AddRange(EngineParameters.OfPaging);
        }

        if (Setting(attribute, "SupportsShouldProcess") is true)
        {
            parameters.AddRange(EngineParameters.OfConfirmation);
        }

        return new BuiltCmdlet(
            $"{attribute.ConstructorArguments[0].Value}-{attribute.ConstructorArguments[1].Value}",
            type.FullName!,
            Items<string>(type.GetCustomAttributesData(), "AliasAttribute"),
            [.. Items<Type>(type.GetCustomAttributesData(), "OutputTypeAttribute").Select(output => output.FullName!)],
            (string?)Setting(attribute, "DefaultParameterSetName"),
            parameters);
    }

    private static BuiltParameter? ReadParameter(PropertyInfo property)
    {
        var attributes = property.GetCustomAttributesData();
        var uses = attributes.Where(a => Is(a, "ParameterAttribute")).Select(ReadUse).ToList();
        return uses.Count == 0
            ? null
            : new BuiltParameter(
                property.Name,
                TypeText.Of(property.PropertyType),
                TypeText.Full(property.PropertyType),
                property.DeclaringType!.FullName,
                Items<string>(attributes, "AliasAttribute"),
                property.PropertyType.IsEnum ? property.PropertyType.GetEnumNames() : Items<string>(attributes, "ValidateSetAttribute"),
                attributes.Any(a => Is(a, "SupportsWildcardsAttribute")),
                uses);
    }

    private static ParameterUse ReadUse(CustomAttributeData attribute) => new(
        (string?)Setting(attribute, "ParameterSetName"),
        Setting(attribute, "Mandatory") is true,
        (int?)Setting(attribute, "Position"),
        Setting(attribute, "ValueFromPipeline") is true,
        Setting(attribute, "ValueFromPipelineByPropertyName") is true,
        Setting(attribute, "ValueFromRemainingArguments") is true);

    private static IEnumerable<Type> Hierarchy(Type type)
    {
        for (Type? owner = type; owner is not null; owner = owner.BaseType)
        {
            yield return owner;
        }
    }

    private static IEnumerable<CustomAttributeData> Attributes(Type type, string name) =>
        type.GetCustomAttributesData().Where(a => Is(a, name));

    private static bool Is(CustomAttributeData attribute, string name) => attribute.AttributeType.FullName == Space + name;

    private static object? Setting(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value;

    private static List<T> Items<T>(IEnumerable<CustomAttributeData> attributes, string name) =>
        [.. attributes.Where(a => Is(a, name))
            .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(a => (T)a.Value!)];
}
