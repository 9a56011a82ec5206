using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary><c>listInfrastructure</c>: how many there are of what the cloud stands on.</summary>
internal sealed class Inventory : ICommandFamily
{
    private const string Router = "DomainRouterResponse";

    private static readonly (string Field, string Class)[] Counted =
    [
        ("zones", ResultClass.Zone), ("pods", ResultClass.Pod), ("clusters", ResultClass.Cluster), ("hosts", ResultClass.Host),
        ("storagepools", ResultClass.StoragePool), ("imagestores", ResultClass.ImageStore), ("objectstores", "ObjectStoreResponse"),
        ("backuprepositories", "BackupRepositoryResponse"), ("systemvms", "SystemVmResponse"),
        ("managementservers", "ManagementServerResponse"), ("alerts", "AlertResponse"),
    ];

    public void Register(CommandTable commands, CloudState state) => commands.Read("listInfrastructure", call =>
    {
        var answer = call.New(call.Command.Result);
        foreach (var (field, className) in Counted)
        {
            answer[field] = (long)call.State.Table(className).Count;
        }

        var balancers = call.State.Table(Router).Count(router => router.Text("role") == "INTERNAL_LB_VM");
        answer["ilbvms"] = (long)balancers;
        answer["routers"] = (long)(call.State.Table(Router).Count - balancers);
        answer["cpusockets"] = call.State.Table(ResultClass.Host).Sum(host => host.Number("cpusockets"));
        return Answer.Of(answer);
    });
}
