using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>The texts of the letters about quota, and which account wants which of them. None is sent.</summary>
internal sealed class QuotaLetters : ICommandFamily
{
    public const string Class = "QuotaEmailTemplateResponse";
    private const string Wish = "QuotaConfigureEmailResponse";

    private static readonly string[] Types = ["QUOTA_LOW", "QUOTA_EMPTY", "QUOTA_UNLOCK_ACCOUNT", "QUOTA_STATEMENT"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("quotaEmailTemplateList", call => Answer.List(call.State.Table(Class).Where(letter =>
            call.Text("templatetype") is not { Length: > 0 } type || letter.Text("templatetype") == type)));
        commands.Do("quotaEmailTemplateUpdate", Update);
        commands.Do("quotaConfigureEmail", Configure);
        commands.Read("quotaListEmailConfiguration", List);
    }

    /// <summary>Makes the letters that every cloud has.</summary>
    public static void Plant(CloudState state)
    {
        foreach (var type in Types)
        {
            var letter = state.New(Class);
            letter["templatetype"] = type;
            letter["templatesubject"] = $"{type.Replace('_', ' ')}: ${{accountName}}";
            letter["templatebody"] = "The account ${accountName} has a balance of ${quotaBalance}.";
            letter["locale"] = "en_US";
            letter["last_updated"] = state.Clock.GetUtcNow();
            state.Store.Add(letter);
        }
    }

    private static Answer Update(CommandCall call)
    {
        var letter = Named(call, "templatetype");
        letter["templatesubject"] = call.RequiredText("templatesubject");
        letter["templatebody"] = call.RequiredText("templatebody");
        letter["last_updated"] = call.State.Clock.GetUtcNow();
        call.Apply(letter, "locale");
        return Answer.Done;
    }

    private static Answer Configure(CommandCall call)
    {
        var account = call.Target("accountid");
        var minimum = call.Arguments.GetValueOrDefault("minbalance") as double?;
        if (call.Text("templatename") is not { Length: > 0 } && minimum is null)
        {
            throw ApiError.Refused("Either templatename or minbalance must be given.");
        }

        if (call.Has("templatename") != call.Has("enable"))
        {
            throw ApiError.Refused("templatename and enable go together.");
        }

        var type = call.Has("templatename") ? Named(call, "templatename").Text("templatetype") : null;
        if (call.State.Table(Wish).FirstOrDefault(known => known.Owner?.Account == account && known.Text("templatename") == type) is not { } wish)
        {
            wish = call.New(Wish);
            wish["account"] = account.Link("name");
            wish["templatename"] = type;
            wish.Owner = Owner.OfAccount(account);
            call.State.Store.Add(wish);
        }

        wish["minbalance"] = minimum ?? wish["minbalance"];
        wish["enabled"] = call.Flag("enable") ?? wish["enabled"];
        return Answer.Of(wish);
    }

    private static Answer List(CommandCall call)
    {
        var account = call.Target("accountid");
        return Answer.List(call.State.Table(Wish).Where(wish => wish.Owner?.Account == account));
    }

    private static Entity Named(CommandCall call, string parameter) =>
        call.State.Table(Class).FirstOrDefault(letter => letter.Text("templatetype") == call.RequiredText(parameter))
        ?? throw ApiError.Refused($"There is no quota letter {call.Text(parameter)}; there are {string.Join(", ", Types)}.");
}
