using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Reads a new user from the arguments that createUser and createAccount share.</summary>
internal static class UserDetails
{
    /// <exception cref="ApiError">The login name is taken in the domain.</exception>
    public static NewUser Of(CommandCall call, Entity domain)
    {
        var name = call.RequiredText("username");
        DemandFree(call.State, domain, name, null);
        return new NewUser(name, call.RequiredText("password"), call.RequiredText("firstname"), call.RequiredText("lastname"), call.RequiredText("email"))
        {
            TimeZone = call.Text("timezone"),
            Id = call.ChosenId("userid"),
        };
    }

    /// <exception cref="ApiError">Another user of the domain has the name.</exception>
    public static void DemandFree(CloudState state, Entity domain, string name, Entity? self)
    {
        if (state.Table(ResultClass.User).Any(user => user != self && user.Text("username") == name && user.Owner!.Domain == domain))
        {
            throw ApiError.Refused($"The user {name} already exists in domain {domain.Name}");
        }
    }
}
