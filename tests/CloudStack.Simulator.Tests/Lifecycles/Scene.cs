using System.Text.Json;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>A fresh seeded cloud and short ways to what is in it.</summary>
public abstract class Scene : IDisposable
{
    private protected SimulatedCloud TheCloud { get; } = new();

    private protected SignedCaller Root => SignedCaller.Root(TheCloud);

    private protected SignedCaller User => Root.As(TheCloud.Credentials.User);

    public void Dispose()
    {
        TheCloud.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task<string> MachineAsync(string name) => Root.IdOfAsync("listVirtualMachines", name);

    private protected Task<string> NetworkAsync(string name) => Root.IdOfAsync("listNetworks", name);

    private protected Task<string> VolumeAsync(string name) => Root.IdOfAsync("listVolumes", name);

    private protected Task<string> OfferingAsync(string name) => Root.IdOfAsync("listServiceOfferings", name);

    private protected Task<string> ZoneAsync(string name = "fra1") => Root.IdOfAsync("listZones", name);

    private protected Task<string> TemplateAsync(string name = "Debian 12") => Root.IdOfAsync("listTemplates", name, ("templatefilter", "all"));

    /// <summary>The public address of web-net that isn't its source NAT address.</summary>
    private protected async Task<string> AddressAsync() => Id(
        (await Root.CallAsync("listPublicIpAddresses", ("listall", "true"), ("issourcenat", "false"))).Items[0]);

    /// <summary>The one object of an identifier in a list.</summary>
    private protected async Task<JsonElement> LookAsync(string list, string id) => (await Root.CallAsync(list, ("id", id))).Items.Single();

    private protected async Task<bool> ExistsAsync(string list, string id) => (await Root.CallAsync(list, ("listall", "true"))).Items.Any(item => Id(item) == id);

    /// <summary>A caller by a user's name, who gets keys for it.</summary>
    private protected async Task<SignedCaller> KnownUserAsync(string name)
    {
        var user = (await Root.CallAsync("listUsers", ("username", name), ("listall", "true"))).Items.Single();
        var keys = (await Root.DoAsync("registerUserKeys", ("id", Id(user)))).Item;
        return Root.As(new SimulatorUser(name, "password", "/", Text(user, "account")!, Text(keys, "apikey")!, Text(keys, "secretkey")!));
    }

    /// <summary>Deploys as the user of the account web-team, on web-net.</summary>
    private protected async Task<(string Name, string Value)[]> DeploymentAsync(params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] usual =
            [("zoneid", await ZoneAsync()), ("serviceofferingid", await OfferingAsync("Small")), ("templateid", await TemplateAsync())];
        return [.. usual.ExceptBy(more.Select(m => m.Name), u => u.Name), .. more];
    }

    private protected static string Id(JsonElement entity) => entity.GetProperty("id").GetString()!;

    private protected static string? Text(JsonElement entity, string field) =>
        entity.TryGetProperty(field, out var value) ? value.ToString() : null;
}
