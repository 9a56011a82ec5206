using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>
/// Named values on resources of any kind. What is displayed stands in the resource's own field for them, where its class
/// has one, so that machines show the same details here and in their lists.
/// </summary>
internal sealed class ResourceDetails : ICommandFamily
{
    private const string Displayed = "displayeddetails";
    private const string Hidden = "hiddendetails";
    private static readonly string[] Fields = ["details", "resourcedetails", "serviceofferingdetails"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("addResourceDetail", Add);
        commands.Begin("removeResourceDetail", Remove);
        commands.Read("listResourceDetails", List);
    }

    private static Work Add(CommandCall call)
    {
        var details = call.Map("details");
        return Change(call, resource =>
        {
            var name = call.Flag("fordisplay") ?? true ? Displayed : Hidden;
            var (kept, left) = (Read(resource, name), Read(resource, name == Displayed ? Hidden : Displayed));
            foreach (var (key, value) in details)
            {
                kept[key] = value;
                left.Remove(key);
            }

            Write(resource, name, kept);
            Write(resource, name == Displayed ? Hidden : Displayed, left);
        }, () =>
        {
            if (details.FirstOrDefault(pair => pair.Value.Length == 0).Key is { } empty)
            {
                throw ApiError.Refused($"The detail {empty} has no value.");
            }
        });
    }

    private static Work Remove(CommandCall call) => Change(call, resource =>
    {
        foreach (var name in (string[])[Displayed, Hidden])
        {
            var kept = Read(resource, name);
            if (call.Text("key") is not { } key)
            {
                kept.Clear();
            }
            else if (!kept.Remove(key))
            {
                continue;
            }

            Write(resource, name, kept);
        }
    }, () => { });

    /// <summary>The server looks at the arguments when the job runs, not before.</summary>
    private static Work Change(CommandCall call, Action<Entity> change, Action check)
    {
        // The job is about the resource, where there is one.
        var subject = call.State.Store.Find(call.Text("resourceid"));
        return new Work(subject is not null && call.Caller.MaySee(subject) ? subject : null, () =>
        {
            change(Named(call));
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                check();
                Named(call);
            },
        };
    }

    private static Entity Named(CommandCall call) => KindOf(call).Look(call, call.RequiredText("resourceid"));

    private static ResourceKind KindOf(CommandCall call)
    {
        var kind = ResourceKind.Of(call);
        return kind.HasDetails ? kind : throw new ApiError(ApiError.Internal, $"Resources of type {kind.Name} take no details.", null);
    }

    private static Answer List(CommandCall call)
    {
        if (!call.Has("resourceid") && !call.Has("value"))
        {
            throw ApiError.Refused("Please list by resourceid, or by key and value.");
        }

        if (call.Has("value") && !call.Has("key"))
        {
            throw ApiError.Refused("A value is looked for together with its key; please pass key, too.");
        }

        var kind = KindOf(call);
        var scope = Scope.Of(call);
        var resources = call.Text("resourceid") is { } id
            ? [kind.Look(call, id)]
            : call.State.Store.Tables.Where(table => ResultClass.Accepts(kind.Class, table.Class.Name)).SelectMany(table => table).Where(scope);
        var name = call.Flag("fordisplay") ?? true ? Displayed : Hidden;
        return Answer.List(
            from resource in resources
            from detail in Read(resource, name)
            where (call.Text("key") ?? detail.Key) == detail.Key && (call.Text("value") ?? detail.Value) == detail.Value
            select Row(call, kind, resource, detail));
    }

    private static Entity Row(CommandCall call, ResourceKind kind, Entity resource, KeyValuePair<string, string> detail)
    {
        var row = call.New(call.Command.Result);
        row["key"] = detail.Key;
        row["value"] = detail.Value;
        row["resourceid"] = resource.Id;
        row["resourcetype"] = kind.Name;
        return row;
    }

    private static string? FieldOf(Entity resource) => Array.Find(Fields, resource.Class.Has);

    private static Dictionary<string, string> Read(Entity resource, string name) => new(
        (name == Displayed && FieldOf(resource) is { } field ? resource[field] : resource.Attribute<object>(name))
            as IReadOnlyDictionary<string, string> ?? new Dictionary<string, string>(), StringComparer.Ordinal);

    private static void Write(Entity resource, string name, Dictionary<string, string> details)
    {
        var value = details.Count == 0 ? null : details;
        if (name == Displayed && FieldOf(resource) is { } field)
        {
            resource[field] = value;
        }
        else
        {
            resource.SetAttribute(name, value);
        }
    }
}
