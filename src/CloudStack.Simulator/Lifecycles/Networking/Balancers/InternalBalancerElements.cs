using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Networking.Balancers;

/// <summary>The switches by which a physical network's provider makes internal load balancers.</summary>
internal sealed class InternalBalancerElements : ICommandFamily
{
    public const string Class = "InternalLoadBalancerElementResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createInternalLoadBalancerElement", Create);
        commands.Begin("configureInternalLoadBalancerElement", call =>
        {
            var element = call.Target("id");
            return Work.On(element, () => element["enabled"] = call.IsSet("enabled"));
        });
        commands.Read("listInternalLoadBalancerElements", call => Listing.Of(call, Class));
    }

    private static Work Create(CommandCall call)
    {
        var provider = call.Target("nspid");
        if (provider.Name != NetworkElement.InternalBalancer)
        {
            throw ApiError.Refused($"The provider {provider.Name} makes no internal load balancers; {NetworkElement.InternalBalancer} does.");
        }

        if (ServiceProviders.SwitchesOf(call.State, provider).Any())
        {
            throw ApiError.Refused($"The provider {provider.Name} has an internal load balancer element already.");
        }

        var made = ServiceProviders.AddSwitch(call.State, Class, provider);
        return new Work(made, () => Answer.Of(made)) { Queue = provider, Abandon = () => call.State.Store.Remove(made) };
    }
}
