using Cloud.Core.Catalog;

namespace CloudStack.Simulator.Tests.Support;

/// <summary>
/// Arguments that a fresh simulated cloud accepts for a command: generated from the catalog entry, with identifiers of
/// objects the cloud has; where the server wants more than the catalog says, a recipe makes or names it.
/// </summary>
internal static class AcceptedArguments
{
    /// <summary>The required arguments of a command, and those the server insists on.</summary>
    public static async Task<(string Name, string Value)[]> RequiredAsync(SimulatedCloud cloud, CommandSpec command)
    {
        var arguments = command.Parameters.Where(p => p.Required).SelectMany(p => Values(cloud, p))
            .ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal);
        foreach (var (name, value) in await Recipes.OfAsync(command.Name, cloud))
        {
            arguments[name] = value;
        }

        return [.. arguments.Select(a => (a.Key, a.Value))];
    }

    private static (string Name, string Value)[] Values(SimulatedCloud cloud, ParameterSpec parameter) =>
        parameter.Type == ParameterType.Map ? MapValues(parameter) : [(parameter.Name, Value(cloud, parameter))];

    private static string Value(SimulatedCloud cloud, ParameterSpec parameter) => parameter.Type switch
    {
        ParameterType.Uuid or ParameterType.List when parameter.Entity is { } entity
            && (parameter.Type == ParameterType.Uuid || parameter.ItemType == ParameterType.Uuid) => cloud.SampleId(entity),
        ParameterType.Uuid => "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11",
        ParameterType.Boolean => "true",
        ParameterType.Integer or ParameterType.Short or ParameterType.Long => "1",
        ParameterType.Double => "1.5",
        ParameterType.Date => "2031-02-03T04:05:06+0000",
        _ when parameter.Values.Count > 0 => parameter.Values[0],
        _ when parameter.Name == "url" => "https://files.example/image",
        _ when parameter.Name == "protocol" => "tcp",
        _ => $"some-{parameter.Name}",
    };

    private static (string, string)[] MapValues(ParameterSpec parameter) => parameter.Map!.Style switch
    {
        MapStyle.Pairs => [($"{parameter.Name}[0].{parameter.Map.Keys[0]}", "one"), ($"{parameter.Name}[0].{parameter.Map.Keys[1]}", "two")],
        MapStyle.Records when parameter.Map.Keys.Count > 0 => [($"{parameter.Name}[0].{parameter.Map.Keys[0]}", "one")],
        _ => [($"{parameter.Name}[0].some", "one")],
    };
}
