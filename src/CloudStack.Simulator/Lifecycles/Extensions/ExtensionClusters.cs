using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Extensions;

/// <summary>Which extension runs a cluster: one at most, and only where the cluster's hypervisor is External.</summary>
internal sealed class ExtensionClusters : ICommandFamily
{
    public const string Hypervisor = "External";
    private const string Kind = "Cluster";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("registerExtension", Register);
        commands.Do("unregisterExtension", Unregister);
    }

    /// <summary>Refuses to register an extension with a cluster of another hypervisor.</summary>
    /// <exception cref="ApiError">The hypervisor isn't External.</exception>
    public static void DemandExternal(string? hypervisor)
    {
        if (hypervisor != Hypervisor)
        {
            throw ApiError.Refused($"An extension runs clusters with the hypervisor {Hypervisor} only, not {hypervisor}.");
        }
    }

    /// <summary>Puts a cluster under an extension.</summary>
    public static void Register(CloudState state, Entity extension, Entity cluster, IReadOnlyDictionary<string, string> details)
    {
        var resource = state.New("ExtensionResourceResponse", cluster.Id);
        resource["name"] = cluster.Link("name");
        resource["type"] = Kind;
        resource["created"] = state.Clock.GetUtcNow();
        resource["details"] = details.Count > 0 ? details : null;
        extension.AddItem("resources", resource);
        cluster["extensionid"] = extension.Id;
        cluster["extensionname"] = extension.Link("name");
    }

    /// <summary>Takes a cluster from the extension that runs it, if there is one.</summary>
    public static void Forget(CloudState state, Entity cluster)
    {
        if (Of(state, cluster) is not { } extension)
        {
            return;
        }

        extension.RemoveItem("resources", extension.Items("resources").First(resource => resource.Id == cluster.Id));
        cluster["extensionid"] = null;
        cluster["extensionname"] = null;
    }

    /// <summary>The extension that runs a cluster, or null.</summary>
    public static Entity? Of(CloudState state, Entity? cluster) =>
        cluster?.Text("extensionid") is { } id ? state.Store.Find(Extensions.Class, id) : null;

    private static Answer Register(CommandCall call)
    {
        var (extension, cluster) = Named(call);
        DemandExternal(cluster.Text("hypervisortype"));
        if (Of(call.State, cluster) is { } known)
        {
            throw ApiError.Refused($"The cluster {cluster.Name} is run by the extension {known.Name} already.");
        }

        Register(call.State, extension, cluster, call.Map("details"));
        return Answer.Of(extension);
    }

    private static Answer Unregister(CommandCall call)
    {
        var (extension, cluster) = Named(call);
        if (Of(call.State, cluster) != extension)
        {
            throw ApiError.Refused($"The extension {extension.Name} isn't registered with the cluster {cluster.Name}.");
        }

        Forget(call.State, cluster);
        return Answer.Of(extension);
    }

    private static (Entity Extension, Entity Cluster) Named(CommandCall call) =>
        string.Equals(call.RequiredText("resourcetype"), Kind, StringComparison.OrdinalIgnoreCase)
            ? (call.Target("extensionid"), call.Look("resourceid", call.RequiredText("resourceid"), ResultClass.Cluster))
            : throw ApiError.BadValue(call.Command.Name, "resourcetype", call.RequiredText("resourcetype"));
}
