using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary>Whether a user's API keys open anything (protocol note, section 3.5): the first that says so decides.</summary>
internal static class KeyAccess
{
    private const string Field = "apikeyaccess";
    private const string Inherited = "INHERIT";

    /// <summary>Asks the user, the account, then the settings of the domain and of all.</summary>
    public static bool IsOpen(CloudState state, Entity user) =>
        Said(user) ?? Said(user.Attribute<Entity>(AttributeNames.Account)!)
        ?? Configurations.IsOn(state, "api.key.access", user.Owner!.Domain);

    /// <summary>Sets what a user or account says, where the call says something.</summary>
    /// <exception cref="ApiError">The value is none of the three.</exception>
    public static void Apply(CommandCall call, Entity userOrAccount)
    {
        if (call.Text(Field) is { Length: > 0 } given)
        {
            userOrAccount[Field] = given.ToUpperInvariant() is "ENABLED" or "DISABLED" or Inherited
                ? given.ToUpperInvariant()
                : throw ApiError.Refused("ApiKeyAccess value can only be Enabled/Disabled/Inherit");
        }
    }

    private static bool? Said(Entity userOrAccount) => userOrAccount.Text(Field) switch
    {
        "ENABLED" => true,
        "DISABLED" => false,
        _ => null,
    };
}
