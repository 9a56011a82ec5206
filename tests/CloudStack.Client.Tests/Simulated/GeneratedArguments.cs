using System.Text.Json;
using Cloud.Core.Catalog;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>Raw arguments for any command, as a person would type them: identifiers are those of objects the cloud has.</summary>
internal static class GeneratedArguments
{
    // Values that the server checks beyond their type.
    private static readonly Dictionary<string, string> Believable = new(StringComparer.Ordinal)
    {
        ["account"] = "admin",
        ["cidrlist"] = "192.0.2.0/24,198.51.100.0/24",
        ["destcidrlist"] = "192.0.2.0/24",
        ["protocol"] = "tcp",
        ["publickey"] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExampleExampleExample test",
        ["getUser.userapikey"] = SimulatedSample.RootKey,
        ["listApis.name"] = "listZones",
        ["createAffinityGroup.type"] = "host anti-affinity",
    };

    // What the catalog calls optional and the server needs all the same.
    private static readonly Dictionary<string, string> Needed = new(StringComparer.Ordinal)
    {
        ["associateIpAddress"] = "networkid",
        ["deleteAffinityGroup"] = "id",
        ["deployVirtualMachine"] = "templateid",
        ["destroySharedFileSystem"] = "id",
        ["detachVolume"] = "id",
        ["disassociateIpAddress"] = "id",
        ["enableAccount"] = "id",
        ["executeWebhookDelivery"] = "id",
        ["expungeSharedFileSystem"] = "id",
        ["patchSystemVm"] = "id",
        ["recoverSharedFileSystem"] = "id",
        ["revokeTemplateDirectDownloadCertificate"] = "id",
        ["updateAccount"] = "id",
        ["updateHypervisorCapabilities"] = "id",
        ["updateNetworkOffering"] = "id",
        ["updateQuarantinedIp"] = "id",
        ["updateSnapshotPolicy"] = "id",
        ["updateVolume"] = "id",
        ["upgradeRouterTemplate"] = "id",
    };

    public static Dictionary<string, object?> For(SimulatedCloud cloud, CommandSpec command, bool all) => command.Parameters
        .Where(p => p.Required || Needed.GetValueOrDefault(command.Name) == p.Name || (all && !IsRefusedBesideOthers(command, p)))
        .ToDictionary(p => p.Name, p => (object?)Value(cloud, command, p));

    // The server takes an account or a project, groups by name or by identifier, and settings of one scope.
    private static bool IsRefusedBesideOthers(CommandSpec command, ParameterSpec parameter) => parameter.Name switch
    {
        "projectid" => command.FindParameter("account") is not null,
        "accountid" or "clusterid" or "domainid" or "imagestoreuuid" or "storageid" => command.Name == "listConfigurations",
        "account" => command.FindParameter("projectid") is { Required: true },
        "affinitygroupnames" => command.FindParameter("affinitygroupids") is not null,
        _ => false,
    };

    private static object Value(SimulatedCloud cloud, CommandSpec command, ParameterSpec parameter) => parameter.Type switch
    {
        ParameterType.Map => Map(parameter.Map!),
        ParameterType.Uuid => Id(cloud, parameter),
        ParameterType.List when parameter.ItemType == ParameterType.Uuid => Id(cloud, parameter),
        _ when Believable.TryGetValue($"{command.Name}.{parameter.Name}", out var value)
            || Believable.TryGetValue(parameter.Name, out value) => value,
        ParameterType.List => "one,two words,drei+ü",
        ParameterType.Boolean => "true",
        ParameterType.Integer or ParameterType.Short or ParameterType.Long => "1",
        ParameterType.Double => "1.5",
        ParameterType.Date => "2031-02-03T04:05:06Z",
        _ => Text(parameter),
    };

    private static string Id(SimulatedCloud cloud, ParameterSpec parameter) =>
        parameter.Entity is { } entity ? cloud.SampleId(entity) : "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11";

    private static string Text(ParameterSpec parameter)
    {
        var text = parameter.Values.Count > 0 ? parameter.Values[0] : $"some {parameter.Name} & more (ü~*)";
        return text.Length <= parameter.MaxLength ? text : text[..parameter.MaxLength];
    }

    private static JsonElement Map(MapSpec layout) => JsonSerializer.SerializeToElement<object>(layout.Style == MapStyle.Records
        ? new[] { Record(layout, "a"), Record(layout, "b") }
        : new Dictionary<string, string> { ["someKey"] = "one & two", ["other"] = "ü" });

    private static Dictionary<string, string> Record(MapSpec layout, string value) =>
        layout.Keys.DefaultIfEmpty("some").ToDictionary(key => key, key => $"{key} {value}");
}
