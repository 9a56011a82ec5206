using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>Registered configurations of cluster networks: texts like user data, told apart by what they're for.</summary>
internal sealed class CniConfigurations : ICommandFamily
{
    private const string Class = "UserDataResponse";
    private const string Mark = "cni";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("registerCniConfiguration", Add);
        commands.Do("deleteCniConfiguration", Delete);
        commands.Read("listCniConfiguration", call => Listing.Of(call, Class, IsCni));
    }

    public static bool IsCni(Entity text) => text.Attribute<string>(Mark) is not null;

    private static Answer Add(CommandCall call)
    {
        var owner = call.NewOwner();
        var name = call.RequiredText("name");
        if (call.State.Table(Class).Any(text => text.Owner == owner && text.Name == name))
        {
            throw ApiError.Refused($"A CNI configuration or user data with name '{name}' already exists.");
        }

        var created = call.Create(Class, owner);
        created["userdata"] = call.Text("cniconfig");
        created.SetAttribute(Mark, Mark);
        call.Apply(created, "name", "params");
        return Answer.Of(created);
    }

    private static Answer Delete(CommandCall call)
    {
        var text = call.Target("id");
        if (!IsCni(text))
        {
            throw ApiError.Refused($"{text.Name} isn't a CNI configuration.");
        }

        if (call.State.Table(KubernetesClusters.Class).FirstOrDefault(c => c.Text("cniconfigurationid") == text.Id) is { } cluster)
        {
            throw ApiError.Refused($"The CNI configuration {text.Name} can't be deleted: the Kubernetes cluster {cluster.Name} uses it.");
        }

        call.State.Store.Remove(text);
        return Answer.Done;
    }
}
