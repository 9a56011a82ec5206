using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>Comments that people leave on resources; some are for administrators only.</summary>
internal sealed class Annotations : ICommandFamily
{
    private const string Class = "AnnotationResponse";

    private static readonly Dictionary<string, string> ClassOfType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["VM"] = ResultClass.VirtualMachine, ["VOLUME"] = ResultClass.Volume, ["SNAPSHOT"] = ResultClass.Snapshot,
        ["VM_SNAPSHOT"] = ResultClass.VmSnapshot, ["INSTANCE_GROUP"] = "InstanceGroupResponse", ["SSH_KEYPAIR"] = ResultClass.SshKeyPair,
        ["USER_DATA"] = "UserDataResponse", ["NETWORK"] = ResultClass.Network, ["VPC"] = "VpcResponse",
        ["PUBLIC_IP_ADDRESS"] = ResultClass.IpAddress, ["VPN_CUSTOMER_GATEWAY"] = "Site2SiteCustomerGatewayResponse",
        ["TEMPLATE"] = ResultClass.Template, ["ISO"] = ResultClass.Template, ["KUBERNETES_CLUSTER"] = "KubernetesClusterResponse",
        ["SERVICE_OFFERING"] = ResultClass.ServiceOffering, ["DISK_OFFERING"] = ResultClass.DiskOffering,
        ["NETWORK_OFFERING"] = ResultClass.NetworkOffering, ["ZONE"] = ResultClass.Zone, ["POD"] = ResultClass.Pod,
        ["CLUSTER"] = ResultClass.Cluster, ["HOST"] = ResultClass.Host, ["DOMAIN"] = ResultClass.Domain,
        ["PRIMARY_STORAGE"] = ResultClass.StoragePool, ["SECONDARY_STORAGE"] = ResultClass.ImageStore, ["VR"] = "DomainRouterResponse",
        ["SYSTEM_VM"] = "SystemVmResponse", ["AUTOSCALE_VM_GROUP"] = "AutoScaleVmGroupResponse",
        ["MANAGEMENT_SERVER"] = "ManagementServerResponse", ["OBJECT_STORAGE"] = "ObjectStoreResponse",
    };

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("addAnnotation", Add);
        commands.Read("listAnnotations", List);
        commands.Do("updateAnnotationVisibility", ChangeVisibility);
        commands.Do("removeAnnotation", Remove);
    }

    private static Answer Add(CommandCall call)
    {
        var type = call.RequiredText("entitytype");
        var target = call.Look("entityid", call.RequiredText("entityid"), ClassOf(call, type));
        var text = call.RequiredText("annotation");
        if (call.IsSet("adminsonly") && !call.Caller.IsRoot)
        {
            throw ApiError.NotPermitted("Only administrators may write annotations for administrators only.");
        }

        var annotation = call.Create(Class, null);
        annotation["annotation"] = text;
        annotation["entitytype"] = Upper(type);
        annotation["entityid"] = target.Id;
        annotation["entityname"] = target.Class.Has("name") ? target.Link("name") : null;
        annotation["adminsonly"] = call.IsSet("adminsonly");
        annotation["userid"] = call.Caller.User.Id;
        annotation["username"] = call.Caller.User.Link("username");
        return Answer.Of(annotation);
    }

    private static Answer List(CommandCall call)
    {
        var type = call.Text("entitytype");
        if (type is not null)
        {
            ClassOf(call, type);
        }

        var ownOnly = string.Equals(call.Text("annotationfilter"), "self", StringComparison.OrdinalIgnoreCase);
        return Answer.List(Listing.Filter(
            call, call.State.Table(Class), annotation => MaySee(call, annotation),
            annotation => (type is null || annotation.Text("entitytype") == Upper(type)) && (!ownOnly || IsOwn(call, annotation)),
            "entitytype", "annotationfilter"));
    }

    private static Answer ChangeVisibility(CommandCall call)
    {
        var annotation = Named(call);
        annotation["adminsonly"] = call.IsSet("adminsonly");
        return Answer.Of(annotation);
    }

    private static Answer Remove(CommandCall call)
    {
        var annotation = Named(call);
        annotation["removed"] = call.State.Clock.GetUtcNow();
        call.State.Store.Remove(annotation);
        return Answer.Of(annotation);
    }

    private static Entity Named(CommandCall call)
    {
        var annotation = call.State.Store.Find(Class, call.RequiredText("id"));
        if (annotation is null || !MaySee(call, annotation))
        {
            throw ApiError.NoEntity(call.Command.Name, "id", call.RequiredText("id"));
        }

        return call.Caller.IsRoot || IsOwn(call, annotation)
            ? annotation
            : throw ApiError.NotPermitted("Only its writer or an administrator may change an annotation.");
    }

    // One sees what is written on what one sees; an annotation on something that's gone shows no more.
    private static bool MaySee(CommandCall call, Entity annotation) =>
        (call.Caller.IsRoot || !annotation.Flag("adminsonly"))
        && call.State.Store.Find(annotation.Text("entityid")!) is { } target && call.Caller.MaySee(target);

    private static bool IsOwn(CommandCall call, Entity annotation) => annotation.Text("userid") == call.Caller.User.Id;

    private static string ClassOf(CommandCall call, string type) =>
        ClassOfType.GetValueOrDefault(type) ?? throw ApiError.BadValue(call.Command.Name, "entitytype", type);

    private static string Upper(string type) => type.ToUpperInvariant();
}
