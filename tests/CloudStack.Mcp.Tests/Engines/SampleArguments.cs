using System.Text.Json;
using Cloud.Core.Catalog;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>Arguments of the right form for every required parameter of a command, so that a call reaches the server.</summary>
internal static class SampleArguments
{
    private const string Nobody = "5f1f4d6c-98a5-4be5-8a0e-3d1f6c2b7a90";

    /// <summary>Writes the arguments as JSON.</summary>
    public static string For(CommandSpec command) => JsonSerializer.Serialize(command.Parameters
        .Where(p => p.Required)
        .ToDictionary(p => p.Name, p => Value(p.Type, p)));

    private static object Value(ParameterType type, ParameterSpec parameter) => type switch
    {
        ParameterType.Uuid => Nobody,
        ParameterType.Boolean => true,
        ParameterType.Integer or ParameterType.Short or ParameterType.Long => 2,
        ParameterType.Double => 1.5,
        ParameterType.Date => "2026-01-31",
        ParameterType.List => new[] { Value(parameter.ItemType, parameter with { Type = parameter.ItemType }) },
        ParameterType.Map when parameter.Map?.Style == MapStyle.Records => new[] { Member(parameter) },
        ParameterType.Map => Member(parameter),
        // In the form of the API: cmdlets encode what isn't, and the direct engine sends it as it is.
        _ when parameter.Name == "userdata" => "IyEvYmluL3No",
        _ => parameter.Values is [var first, ..] ? first : "sample",
    };

    private static Dictionary<string, string> Member(ParameterSpec parameter) =>
        new() { [parameter.Map?.Keys is [var first, ..] ? first : "key"] = "value" };
}
