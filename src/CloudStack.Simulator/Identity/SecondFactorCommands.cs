using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary>Setting a second factor up and taking it away (protocol note, section 3.3).</summary>
internal sealed class SecondFactorCommands : ICommandFamily
{
    private const int KeyBytes = 20;

    private static readonly (string Name, string Text)[] Providers =
    [
        (SecondFactor.TimeBased, "A code that an authenticator app shows, new every 30 seconds"),
        (SecondFactor.StaticPin, "A PIN that stays the same"),
    ];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("setupUserTwoFactorAuthentication", SetUp);
        commands.Read("listUserTwoFactorAuthenticatorProviders", List);
        commands.Do(SecondFactorCheck.Command, _ => throw new ApiError(405, "This is an authentication api, cannot be used directly"));
    }

    private static Answer List(CommandCall call) => Answer.List(Providers
        .Where(provider => call.Text("name") is not { Length: > 0 } name || name == provider.Name)
        .Select(provider =>
        {
            var shown = call.New(call.Command.Result);
            shown["name"] = provider.Name;
            shown["description"] = provider.Text;
            return shown;
        }));

    private static Answer SetUp(CommandCall call)
    {
        if (call.Flag("enable") == false)
        {
            var other = call.Find("userid") ?? call.Caller.User;
            SecondFactor.Set(other, null);
            return Describe(call, other, null);
        }

        var user = call.Caller.User;
        if (!SecondFactor.IsOffered(call.State, user.Owner!.Domain))
        {
            throw new ApiError(ApiError.Internal, "2FA is not enabled for this domain or at global level", null);
        }

        var provider = call.Text("provider") is { Length: > 0 } named
            ? named
            : Configurations.ValueOf(call.State, "user.2fa.default.provider", user.Owner.Domain) ?? SecondFactor.TimeBased;
        var factor = new SecondFactor(provider, NewKey(call, provider), IsProven: false);
        SecondFactor.Set(user, factor);
        return Describe(call, user, factor);
    }

    private static string NewKey(CommandCall call, string provider) => provider switch
    {
        SecondFactor.TimeBased => Base32.Encode(System.Text.Encoding.ASCII.GetBytes(call.State.Ids.NextText(KeyBytes))),
        SecondFactor.StaticPin => call.State.Ids.Next(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new ApiError(ApiError.Internal, $"Failed to find two factor authentication provider by the name: {provider}", null),
    };

    private static Answer Describe(CommandCall call, Entity user, SecondFactor? factor)
    {
        var answer = call.New(call.Command.Result, user.Id);
        answer["username"] = user.Text("username");
        answer["accountid"] = user.Text("accountid");
        answer["secretcode"] = factor?.Key;
        return Answer.Of(answer);
    }
}
