using Catalog.Compiler.Json;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Loading;

/// <summary>Reads the facts of one parameter; what our own files say of it is added by <see cref="CommandReader"/>.</summary>
internal static class ParameterReader
{
    public static ParameterSpec Read(Node node)
    {
        var type = node.Named<ParameterType>("type");
        return new ParameterSpec
        {
            Name = node.RequiredText("name"),
            Label = node.RequiredText("name"),
            Type = type,
            ItemType = node.Find("of") is null ? ParameterType.String : node.Named<ParameterType>("of"),
            Required = node.Flag("required"),
            MaxLength = node.Integer("length") ?? ParameterSpec.DefaultMaxLength,
            Values = node.Texts("values"),
            AdminOnly = node.Flag("adminOnly") || node.Texts("roles") is ["Admin"],
            Positive = IsNumber(type) && node.Texts("validations").Contains("PositiveNumber"),
            Map = type == ParameterType.Map ? ReadMap(node) : null,
            Since = node.Text("since"),
        };
    }

    // The server declares "positive" on identifiers too, where it means its own row number and not what a caller sends.
    private static bool IsNumber(ParameterType type) =>
        type is ParameterType.Integer or ParameterType.Short or ParameterType.Long or ParameterType.Double;

    private static MapSpec? ReadMap(Node node)
    {
        if (node.RequiredObject("map") is not { } map)
        {
            return null;
        }

        var style = map.Text("style") == "flat0" ? MapStyle.FlatZero : map.Named<MapStyle>("style");
        return new MapSpec(style, map.Texts("keys"), map.Flag("open"));
    }
}
