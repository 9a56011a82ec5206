using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>What becomes of hosts beside maintenance: given up, taken back, updated in turn, with tags and a password.</summary>
internal sealed class HostConditions : ICommandFamily
{
    private const string Degraded = "Degraded";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("declareHostAsDegraded", Declare);
        commands.Begin("cancelHostAsDegraded", Cancel);
        commands.Begin("releaseHostReservation", Release);
        commands.Begin("startRollingMaintenance", Roll);
        commands.Do("updateHostPassword", UpdatePassword);
        commands.Read("listHostTags", ListTags);
    }

    /// <summary>A host that is lost loses its machines too; those that are highly available start elsewhere.</summary>
    private static Work Declare(CommandCall call)
    {
        var host = call.Target("id");
        return Work.On(host, () =>
        {
            foreach (var machine in Hosts.MachinesOn(call.State, host))
            {
                Hosts.MoveAway(call.State, machine);
            }

            host["resourcestate"] = Degraded;
        }) with
        {
            Begin = () =>
            {
                if (host.State is not ("Alert" or "Disconnected"))
                {
                    throw ApiError.Refused($"The host {host.Name} is {host.State}; only one that is Alert or Disconnected can be declared as degraded.");
                }

                if (host.Text("resourcestate") is not ("Enabled" or "Disabled"))
                {
                    throw ApiError.Refused($"The host {host.Name} is in resource state {host.Text("resourcestate")}, not Enabled or Disabled.");
                }
            },
        };
    }

    private static Work Cancel(CommandCall call)
    {
        var host = call.Target("id");
        return Work.On(host, () => host["resourcestate"] = "Enabled") with
        {
            Begin = () =>
            {
                if (host.Text("resourcestate") != Degraded)
                {
                    throw ApiError.Refused($"The host {host.Name} isn't degraded but {host.Text("resourcestate")}.");
                }
            },
        };
    }

    /// <summary>The simulator reserves nothing for stopped machines, so that there's nothing to give back.</summary>
    private static Work Release(CommandCall call) => new(call.Target("id"), () => Answer.Done);

    private static Work Roll(CommandCall call)
    {
        (string Name, string Field)[] kinds = [("hostids", "id"), ("clusterids", "clusterid"), ("podids", "podid"), ("zoneids", "zoneid")];
        var named = kinds.Where(kind => call.Texts(kind.Name).Count > 0).ToList();
        if (named.Count != 1)
        {
            throw ApiError.Refused("Parameters zoneId, podId, clusterId, hostId are mutually exclusive, and one of them has to be given.");
        }

        var ids = call.Texts(named[0].Name);
        return new Work(null, () => Roll(call, [.. call.State.Table(ResultClass.Host).Where(h => ids.Contains(h.Text(named[0].Field)!))]));
    }

    private static Answer Roll(CommandCall call, IReadOnlyList<Entity> hosts)
    {
        var result = call.New("RollingMaintenanceResponse");
        foreach (var host in hosts)
        {
            if (host.State == "Up" && host.Text("resourcestate") == "Enabled")
            {
                result.AddItem("hostsupdated", Update(call, host));
                continue;
            }

            var skipped = call.New("RollingMaintenanceHostSkippedResponse");
            Show(skipped, host);
            skipped["reason"] = $"The host is {host.State} and {host.Text("resourcestate")}";
            result.AddItem("hostsskipped", skipped);
        }

        result["success"] = true;
        result["details"] = "OK";
        return Answer.Of(result);
    }

    private static Entity Update(CommandCall call, Entity host)
    {
        host["resourcestate"] = "Maintenance";
        foreach (var machine in Hosts.MachinesOn(call.State, host))
        {
            Hosts.MoveAway(call.State, machine);
        }

        host["resourcestate"] = "Enabled";
        var updated = call.New("RollingMaintenanceHostUpdatedResponse");
        Show(updated, host);
        updated["startdate"] = updated["enddate"] = call.State.Clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        updated["output"] = "";
        return updated;
    }

    private static void Show(Entity shown, Entity host)
    {
        shown["hostid"] = host.Id;
        shown["hostname"] = host.Link("name");
    }

    private static Answer UpdatePassword(CommandCall call)
    {
        var hosts = call.Find("hostid") is { } host ? [host]
            : call.Find("clusterid") is { } cluster ? HostTies.HostsIn(call.State, "clusterid", cluster)
            : throw ApiError.Refused("You should provide one of cluster id or a host id.");
        foreach (var one in hosts)
        {
            one["username"] = call.RequiredText("username");
            one.SetAttribute(AttributeNames.Password, call.RequiredText("password"));
        }

        return Answer.Done;
    }

    private static Answer ListTags(CommandCall call) => Answer.List(call.State.Table(ResultClass.Host)
        .SelectMany(host => (host.Text("hosttags") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(tag => (host, tag)))
        .Select(pair =>
        {
            var shown = call.New("HostTagResponse", $"{pair.host.Id}/{pair.tag}");
            shown["name"] = pair.tag;
            shown["isimplicit"] = false;
            return shown;
        }));
}
