using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Notices;

/// <summary>Webhooks: addresses that are told of events, of an account, of a domain and those below, or of all.</summary>
internal sealed class Webhooks : ICommandFamily
{
    public const string Class = "WebhookResponse";
    public const string Enabled = "Enabled";
    private const string Local = "Local";
    private const string OfDomain = "Domain";
    private const string Global = "Global";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listWebhooks", call => Listing.Of(call, Class));
        commands.Do("createWebhook", Create);
        commands.Do("updateWebhook", Update);
        commands.Do("deleteWebhook", Delete);
    }

    /// <summary>True where a webhook is told of an owner's events.</summary>
    public static bool Hears(Entity webhook, Owner? owner) => webhook is { State: Enabled, Owner: not null } && webhook.Text("payloadurl") is not null
        && owner is not null && webhook.Text("scope") switch
    {
        Global => true,
        OfDomain => DomainTree.Contains(webhook.Owner!.Domain, owner.Domain),
        _ => webhook.Owner!.Holder == owner.Holder,
    };

    private static Answer Create(CommandCall call)
    {
        var owner = call.NewOwner();
        var url = call.RequiredText("payloadurl");
        DemandUrl(call, url, call.IsSet("sslverification"));
        DemandFree(call, owner, url, null);
        var scope = Scope(call, owner) ?? Local;
        var state = State(call) ?? Enabled;
        var name = call.RequiredText("name");
        var webhook = call.Create(Class, owner);
        webhook["name"] = name;
        webhook["payloadurl"] = url;
        webhook["scope"] = scope;
        webhook["state"] = state;
        webhook["sslverification"] = call.IsSet("sslverification");
        call.Apply(webhook, "description", "secretkey");
        return Answer.Of(webhook);
    }

    private static Answer Update(CommandCall call)
    {
        var webhook = call.Target("id");
        var url = call.Text("payloadurl") ?? webhook.Text("payloadurl")!;
        DemandUrl(call, url, call.Flag("sslverification") ?? webhook.Flag("sslverification"));
        DemandFree(call, webhook.Owner!, url, webhook);
        var scope = Scope(call, webhook.Owner!) ?? webhook.Text("scope");
        var state = State(call) ?? webhook.State;
        call.Apply(webhook, "name", "description", "payloadurl", "secretkey", "sslverification");
        webhook["scope"] = scope;
        webhook["state"] = state;
        return Answer.Done;
    }

    private static Answer Delete(CommandCall call)
    {
        var webhook = call.Target("id");
        WebhookDeliveries.Of(call.State, webhook).ToList().ForEach(call.State.Store.Remove);
        call.State.Store.Remove(webhook);
        return Answer.Done;
    }

    private static void DemandUrl(CommandCall call, string url, bool verifies)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            throw ApiError.BadValue(call.Command.Name, "payloadurl", url);
        }

        if (verifies && parsed.Scheme != "https")
        {
            throw ApiError.Refused($"SSL verification can be asked for with https addresses only; {url} isn't one.");
        }
    }

    private static void DemandFree(CommandCall call, Owner owner, string url, Entity? except)
    {
        if (call.State.Table(Class).FirstOrDefault(other => other != except && other.Owner == owner && other.Text("payloadurl") == url) is { } known)
        {
            throw ApiError.Refused($"{owner.Holder.Name} has the webhook {known.Name} for {url} already.");
        }
    }

    private static string? Scope(CommandCall call, Owner owner)
    {
        var scope = Known(call, "scope", Local, OfDomain, Global);
        var role = owner.Account is { } account ? Enum.Parse<RoleType>(account.Text("roletype")!) : RoleType.User;
        var isAllowed = scope switch
        {
            Global => role == RoleType.Admin,
            OfDomain => role is RoleType.Admin or RoleType.DomainAdmin,
            _ => true,
        };
        return isAllowed ? scope : throw ApiError.Refused($"The scope {scope} can't be given to a webhook of {owner.Holder.Name}.");
    }

    private static string? State(CommandCall call) => Known(call, "state", Enabled, "Disabled");

    private static string? Known(CommandCall call, string parameter, params string[] values) => call.Text(parameter) is not { Length: > 0 } text
        ? null
        : Array.Find(values, value => value.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.BadValue(call.Command.Name, parameter, text);
}
