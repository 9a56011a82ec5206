using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary>
/// Whether a user's API key opens anything (protocol note, section 3.5): the user's own setting, else the account's, else
/// the cloud's.
/// </summary>
internal static class KeyAccess
{
    private const string Field = "apikeyaccess";
    private const string Setting = "api.key.access";

    public static bool IsAllowed(CloudState state, Entity user) =>
        Read(user) ?? Read(user.Attribute<Entity>(AttributeNames.Account)!) ?? !IsOff(state);

    private static bool? Read(Entity entity) => entity.Text(Field)?.ToUpperInvariant() switch
    {
        "ENABLED" => true,
        "DISABLED" => false,
        _ => null,
    };

    private static bool IsOff(CloudState state) =>
        state.Table(ResultClass.Configuration).FirstOrDefault(setting => setting.Name == Setting)?.Text("value") == "false";
}
