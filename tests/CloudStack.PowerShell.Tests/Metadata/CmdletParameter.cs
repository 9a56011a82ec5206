using System.Reflection;

namespace CloudStack.PowerShell.Tests.Metadata;

/// <summary>One parameter of a built cmdlet, read without an engine.</summary>
internal sealed record CmdletParameter(PropertyInfo Property)
{
    private const string Space = "System.Management.Automation.";

    private readonly IReadOnlyList<CustomAttributeData> _attributes = [.. Property.GetCustomAttributesData()];

    public string Name => Property.Name;

    public string TypeName => Property.PropertyType.FullName!;

    public IReadOnlyList<string> Aliases => [.. _attributes
        .Where(a => a.AttributeType.FullName == Space + "AliasAttribute")
        .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
        .Select(a => (string)a.Value!)];

    public IReadOnlyList<CustomAttributeData> Declarations =>
        [.. _attributes.Where(a => a.AttributeType.FullName == Space + "ParameterAttribute")];

    public bool IsMandatory => Declarations.Any(d => Setting(d, "Mandatory") is true);

    public bool TakesPipelineObjects => Declarations.Any(d => Setting(d, "ValueFromPipeline") is true);

    public bool TakesPipelineProperties => Declarations.Any(d => Setting(d, "ValueFromPipelineByPropertyName") is true);

    public string? HelpMessage => Declarations.Select(d => Setting(d, "HelpMessage")).OfType<string>().FirstOrDefault();

    public bool Has(string attribute) => _attributes.Any(a => a.AttributeType.FullName == Space + attribute);

    public static object? Setting(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value;
}
