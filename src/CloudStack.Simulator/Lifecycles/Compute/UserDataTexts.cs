using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Registered user data.</summary>
internal sealed class UserDataTexts : ICommandFamily
{
    private const string Class = "UserDataResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("registerUserData", RegisterText);
        commands.Do("deleteUserData", Delete);
        commands.Read("listUserData", call => Listing.Of(call, Class));
    }

    private static Answer RegisterText(CommandCall call)
    {
        var owner = call.NewOwner();
        if (call.State.Table(Class).Any(data => data.Owner == owner && data.Name == call.RequiredText("name")))
        {
            throw ApiError.Refused($"A user data with name '{call.Text("name")}' already exists.");
        }

        var data = call.Create(Class, owner);
        call.Apply(data, "name", "userdata", "params");
        return Answer.Of(data);
    }

    private static Answer Delete(CommandCall call)
    {
        var data = call.Target("id");
        if (call.State.Table(Store.ResultClass.VirtualMachine).FirstOrDefault(m => m.Text("userdataid") == data.Id) is { } machine)
        {
            throw ApiError.Refused($"User data {data.Name} can't be deleted: the virtual machine {machine.Name} uses it.");
        }

        call.State.Store.Remove(data);
        return Answer.Done;
    }
}
