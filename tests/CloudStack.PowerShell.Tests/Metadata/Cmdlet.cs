using System.Reflection;

namespace CloudStack.PowerShell.Tests.Metadata;

/// <summary>One built cmdlet, read without an engine.</summary>
internal sealed record Cmdlet(Type Type, CustomAttributeData Attribute)
{
    private const string Space = "System.Management.Automation.";

    public string Verb => (string)Attribute.ConstructorArguments[0].Value!;

    public string Noun => (string)Attribute.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess => CmdletParameter.Setting(Attribute, "SupportsShouldProcess") is true;

    public bool SupportsPaging => CmdletParameter.Setting(Attribute, "SupportsPaging") is true;

    public string ConfirmImpact => CmdletParameter.Setting(Attribute, "ConfirmImpact") is int impact
        ? impact switch { 0 => "None", 1 => "Low", 2 => "Medium", _ => "High" }
        : "Medium";

    public IReadOnlyList<string> Aliases => [.. Type.GetCustomAttributesData()
        .Where(a => a.AttributeType.FullName == Space + "AliasAttribute")
        .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
        .Select(a => (string)a.Value!)];

    public IReadOnlyList<string> OutputTypes => [.. Type.GetCustomAttributesData()
        .Where(a => a.AttributeType.FullName == Space + "OutputTypeAttribute")
        .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
        .Select(a => ((Type)a.Value!).FullName!)];

    /// <summary>The parameters, each name once: a property that hides an inherited one stands for both.</summary>
    public IReadOnlyList<CmdletParameter> Parameters => [.. Type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => new CmdletParameter(property))
        .Where(parameter => parameter.Declarations.Count > 0)];

    public CmdletParameter? Parameter(string name) =>
        Parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    public override string ToString() => Name;
}
