using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary>The second factor that a user has set up.</summary>
/// <param name="Provider">Who checks the code: <see cref="TimeBased"/> or <see cref="StaticPin"/>.</param>
/// <param name="Key">The key of the codes in Base32, or the PIN itself.</param>
/// <param name="IsProven">True once a right code was given; until then it's being set up.</param>
internal sealed record SecondFactor(string Provider, string Key, bool IsProven)
{
    public const string TimeBased = "totp";
    public const string StaticPin = "staticpin";
    private const string Attribute = "secondfactor";

    /// <summary>Keeps the key out of whatever is printed.</summary>
    public override string ToString() => Provider;

    /// <summary>What a user has set up, or null.</summary>
    public static SecondFactor? Of(Entity user) => user.Attribute<SecondFactor>(Attribute);

    /// <summary>Gives a user a second factor, or takes it away.</summary>
    public static void Set(Entity user, SecondFactor? factor)
    {
        user.SetAttribute(Attribute, factor);
        user["is2faenabled"] = factor is not null;
    }

    /// <summary>Ends the setting up of a user's second factor.</summary>
    public static void Prove(Entity user) => Set(user, Of(user)! with { IsProven = true });

    /// <summary>True where a user's password alone opens nothing: one is set up, or an administrator demands one.</summary>
    public static bool IsNeeded(CloudState state, Entity user) => user.Flag("is2faenabled") || IsMandated(state, user.Owner!.Domain);

    /// <summary>True where the settings of a domain let its users have one.</summary>
    public static bool IsOffered(CloudState state, Entity domain) => Configurations.IsOn(state, "enable.user.2fa", domain);

    public bool Accepts(string code, DateTimeOffset time) =>
        Provider == TimeBased ? Totp.Accepts(Key, code, time) : Protocol.SignatureRule.Matches(Key, code);

    private static bool IsMandated(CloudState state, Entity domain) =>
        IsOffered(state, domain) && Configurations.IsOn(state, "mandate.user.2fa", domain);
}
