using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Whom people may sign in by: Google and GitHub, one registration each. Nobody is asked over the network.</summary>
internal sealed class OAuthProviders : ICommandFamily
{
    private const string Class = "OauthProviderResponse";
    private static readonly string[] Known = ["google", "github"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("registerOauthProvider", Add);
        commands.Read("listOauthProvider", List);
        commands.Do("updateOauthProvider", Update);
        commands.Do("deleteOauthProvider", Delete);
    }

    private static Answer Add(CommandCall call)
    {
        var provider = call.RequiredText("provider").ToUpperInvariant();
        var name = Array.Find(Known, known => known.Equals(provider, StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"There is no OAuth provider {call.Text("provider")}; there are {string.Join(" and ", Known)}.");
        if (call.State.Table(Class).Any(known => known.Text("provider") == name))
        {
            throw ApiError.Refused($"The OAuth provider {name} is registered already.");
        }

        DemandAddress(call);
        var kept = call.New(Class);
        kept["provider"] = name;
        kept["name"] = name;
        kept["enabled"] = true;
        call.Apply(kept, "description", "clientid", "secretkey", "redirecturi");
        call.State.Store.Add(kept);
        return Answer.Of(kept);
    }

    // The secret is for those who set the provider up.
    private static Answer List(CommandCall call) => Listing.Of(call, Class).ShownAs(provider =>
    {
        var shown = provider.Copy();
        shown["secretkey"] = call.Caller.IsRoot ? provider["secretkey"] : null;
        return shown;
    });

    private static Answer Update(CommandCall call)
    {
        var provider = call.Target("id");
        DemandAddress(call);
        call.Apply(provider, "description", "clientid", "secretkey", "redirecturi", "enabled");
        return Answer.Of(provider);
    }

    private static Answer Delete(CommandCall call)
    {
        call.State.Store.Remove(call.Target("id"));
        return Answer.Done;
    }

    private static void DemandAddress(CommandCall call)
    {
        if (call.Text("redirecturi") is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            throw ApiError.Refused($"The redirecturi {text} isn't an absolute http or https address.");
        }
    }
}
