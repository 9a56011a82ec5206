using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Guests;

/// <summary>Guest operating systems and their categories. What the cloud brings along can be changed by nobody.</summary>
internal sealed class GuestSystems : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("addGuestOs", Add);
        commands.Begin("updateGuestOs", Update);
        commands.Begin("removeGuestOs", Remove);
        commands.Do("addOsCategory", AddCategory);
        commands.Do("updateOsCategory", UpdateCategory);
        commands.Do("deleteOsCategory", DeleteCategory);
    }

    private static Work Add(CommandCall call)
    {
        var category = call.Target("oscategoryid");
        var name = call.RequiredText("osdisplayname");
        DemandFree(call, ResultClass.OsType, name, null);
        var system = call.New(ResultClass.OsType);
        system["name"] = call.Text("name") ?? name;
        system["description"] = name;
        system["oscategoryid"] = category.Id;
        system["oscategoryname"] = category.Link("name");
        system["isuserdefined"] = true;
        system["fordisplay"] = call.Flag("fordisplay") ?? true;
        call.State.Store.Add(system);
        return new Work(system, () => Answer.Of(system)) { Abandon = () => call.State.Store.Remove(system) };
    }

    private static Work Update(CommandCall call)
    {
        var system = OwnSystem(call);
        var name = call.Text("osdisplayname");
        if (name is { Length: > 0 })
        {
            DemandFree(call, ResultClass.OsType, name, system);
        }

        var category = call.Find("oscategoryid");
        return Work.On(system, () =>
        {
            system["description"] = name ?? system["description"];
            if (category is not null)
            {
                system["oscategoryid"] = category.Id;
                system["oscategoryname"] = category.Link("name");
            }

            call.Apply(system, "fordisplay");
        });
    }

    private static Work Remove(CommandCall call)
    {
        var system = OwnSystem(call);
        return new Work(system, () =>
        {
            GuestMappings.Forget(call.State, system);
            call.State.Store.Remove(system);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (call.State.Table(ResultClass.Template).FirstOrDefault(template => template.Text("ostypeid") == system.Id) is { } template)
                {
                    throw ApiError.StillInUse($"The guest OS {system.Text("description")} can't be removed: the template {template.Name} has it.");
                }

                if (call.State.Table(ResultClass.VirtualMachine).FirstOrDefault(machine => machine.Text("ostypeid") == system.Id) is { } machine)
                {
                    throw ApiError.StillInUse($"The guest OS {system.Text("description")} can't be removed: the virtual machine {machine.Name} has it.");
                }
            },
        };
    }

    private static Answer AddCategory(CommandCall call)
    {
        var name = call.RequiredText("name");
        DemandFree(call, ResultClass.OsCategory, name, null);
        var category = call.Create(ResultClass.OsCategory, null);
        category["name"] = name;
        category["isfeatured"] = call.IsSet("isfeatured");
        return Answer.Of(category);
    }

    private static Answer UpdateCategory(CommandCall call)
    {
        var category = call.Target("id");
        if (call.Text("name") is { Length: > 0 } name)
        {
            DemandFree(call, ResultClass.OsCategory, name, category);
        }

        call.Apply(category, "name", "isfeatured");
        return Answer.Of(category);
    }

    private static Answer DeleteCategory(CommandCall call)
    {
        var category = call.Target("id");
        if (call.State.Table(ResultClass.OsType).FirstOrDefault(system => system.Text("oscategoryid") == category.Id) is { } system)
        {
            throw ApiError.Refused($"The category {category.Name} can't be deleted: {system.Text("description")} is in it.");
        }

        call.State.Store.Remove(category);
        return Answer.Done;
    }

    private static Entity OwnSystem(CommandCall call)
    {
        var system = call.Target("id");
        return system.Flag("isuserdefined")
            ? system
            : throw ApiError.Refused($"The guest OS {system.Text("description")} came with the cloud and can't be changed or removed.");
    }

    private static void DemandFree(CommandCall call, string className, string name, Entity? except)
    {
        if (call.State.Table(className).Any(known => known != except && (known.Text("description") ?? known.Name) == name))
        {
            throw ApiError.Refused($"There is one named {name} already.");
        }
    }
}
