using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Appliances;

/// <summary>The switches by which a physical network's providers make virtual routers and virtual switches.</summary>
internal sealed class RouterElements : ICommandFamily
{
    public const string Router = "VirtualRouterProviderResponse";
    private const string Switch = "OvsProviderResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVirtualRouterElements", call => Listing.Of(call, Router));
        commands.Begin("createVirtualRouterElement", Create);
        commands.Begin("configureVirtualRouterElement", Configure);
        commands.Read("listOvsElements", call => Listing.Of(call, Switch));
        commands.Begin("configureOvsElement", Configure);
    }

    private static Work Create(CommandCall call)
    {
        var provider = call.Target("nspid");
        if (call.State.Table(Router).Any(element => element.Text("nspid") == provider.Id))
        {
            throw ApiError.Refused($"The provider {provider.Name} has a virtual router element already.");
        }

        var made = call.Create(Router, null);
        made["nspid"] = provider.Id;
        made["enabled"] = false;
        return new Work(made, () => Answer.Of(made))
        {
            Queue = provider,
            Abandon = () => call.State.Store.Remove(made),
        };
    }

    private static Work Configure(CommandCall call)
    {
        var element = call.Target("id");
        return Work.On(element, () => element["enabled"] = call.IsSet("enabled"));
    }
}
