using Cloud.Core.Catalog;

namespace CloudStack.Simulator.Tests.Support;

/// <summary>Arguments that a command accepts by its catalog entry; identifiers are those of objects the cloud has.</summary>
internal static class GeneratedArguments
{
    // Values that the server checks beyond their type.
    private static readonly Dictionary<string, string> Believable = new(StringComparer.Ordinal)
    {
        ["protocol"] = "tcp",
        ["publickey"] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample test",
        ["createAffinityGroup.type"] = "host anti-affinity",
    };

    // Arguments that the catalog calls optional and the server needs all the same: the name, and the class it is an identifier of.
    private static readonly Dictionary<string, (string Name, string Class)> Needed = new(StringComparer.Ordinal)
    {
        ["associateIpAddress"] = ("networkid", "NetworkResponse"),
        ["deleteAffinityGroup"] = ("id", "AffinityGroupResponse"),
        ["deployVirtualMachine"] = ("templateid", "TemplateResponse"),
        ["disassociateIpAddress"] = ("id", "IPAddressResponse"),
        ["enableAccount"] = ("id", "AccountResponse"),
        ["executeWebhookDelivery"] = ("id", "WebhookDeliveryResponse"),
        ["recoverSharedFileSystem"] = ("id", "SharedFSResponse"),
        ["revokeTemplateDirectDownloadCertificate"] = ("id", "DirectDownloadCertificateResponse"),
        ["updateAccount"] = ("id", "AccountResponse"),
        ["updateHypervisorCapabilities"] = ("id", "HypervisorCapabilitiesResponse"),
        ["updateNetworkOffering"] = ("id", "NetworkOfferingResponse"),
        ["updateQuarantinedIp"] = ("id", "IpQuarantineResponse"),
        ["upgradeRouterTemplate"] = ("id", "DomainRouterResponse"),
    };

    public static (string Name, string Value)[] Required(SimulatedCloud cloud, CommandSpec command)
    {
        var arguments = command.Parameters.Where(p => p.Required).SelectMany(p => Values(cloud, command, p));
        return Needed.TryGetValue(command.Name, out var needed)
            ? [.. arguments, (needed.Name, cloud.SampleId(needed.Class))]
            : [.. arguments];
    }

    private static IEnumerable<(string, string)> Values(SimulatedCloud cloud, CommandSpec command, ParameterSpec parameter)
    {
        if (parameter.Type == ParameterType.Map)
        {
            return MapValues(parameter);
        }

        return Believable.TryGetValue($"{command.Name}.{parameter.Name}", out var value) || Believable.TryGetValue(parameter.Name, out value)
            ? [(parameter.Name, value)]
            : [(parameter.Name, Value(cloud, parameter))];
    }

    private static string Value(SimulatedCloud cloud, ParameterSpec parameter) => parameter.Type switch
    {
        ParameterType.Uuid or ParameterType.List when parameter.Entity is { } entity
            && (parameter.Type == ParameterType.Uuid || parameter.ItemType == ParameterType.Uuid) => cloud.SampleId(entity),
        ParameterType.Uuid => "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11",
        ParameterType.Boolean => "true",
        ParameterType.Integer or ParameterType.Short or ParameterType.Long => "1",
        ParameterType.Double => "1.5",
        ParameterType.Date => "2031-02-03T04:05:06+0000",
        _ => parameter.Values.Count > 0 ? parameter.Values[0] : $"some-{parameter.Name}",
    };

    private static IEnumerable<(string, string)> MapValues(ParameterSpec parameter) => parameter.Map!.Style switch
    {
        MapStyle.Pairs => [($"{parameter.Name}[0].{parameter.Map.Keys[0]}", "one"), ($"{parameter.Name}[0].{parameter.Map.Keys[1]}", "two")],
        MapStyle.Records when parameter.Map.Keys.Count > 0 => [($"{parameter.Name}[0].{parameter.Map.Keys[0]}", "one")],
        _ => [($"{parameter.Name}[0].some", "one")],
    };
}
