using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Images;

/// <summary>Templates and ISOs copied to other zones, brought onto primary storage, and tied to user data.</summary>
internal sealed class ImageCopies : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("copyTemplate", Copy);
        commands.Begin("copyIso", Copy);
        commands.Do("prepareTemplate", Prepare);
        commands.Do("linkUserDataToTemplate", LinkUserData);
    }

    private static Work Copy(CommandCall call)
    {
        var image = call.Target("id");
        var zones = call.FindAll("destzoneids").ToList();
        if (call.Find("destzoneid") is { } one)
        {
            zones.Add(one);
        }

        if (TemplateBuilder.IsIso(image) != (call.Command.Name == "copyIso"))
        {
            throw ApiError.Refused($"Please specify a valid {(call.Command.Name == "copyIso" ? "iso" : "template")}: {image.Name} is none.");
        }

        if (zones.Count == 0)
        {
            throw ApiError.Refused("Please specify the zones to copy to by destzoneid or destzoneids.");
        }

        if (call.Find("sourcezoneid") is { } source && image.Text("zoneid") is { } home && home != source.Id)
        {
            throw ApiError.Refused($"{image.Name} isn't in zone {source.Name}.");
        }

        return new Work(image, () => Answer.Of(zones.ConvertAll(zone => CopyTo(call.State, image, zone))[^1]))
        {
            Begin = () => DemandCopyable(call, image, zones),
        };
    }

    private static void DemandCopyable(CommandCall call, Entity image, List<Entity> zones)
    {
        if (!image.Flag("isready"))
        {
            throw ApiError.Refused($"{image.Name} isn't downloaded yet and can't be copied.");
        }

        if (image.Flag("crossZones") || zones.Exists(zone => zone.Id == image.Text("zoneid")))
        {
            throw ApiError.Refused($"{image.Name} is in the zone already.");
        }

        ResourceLimits.Demand(call.State, image.Owner!, LimitedResource.Template, zones.Count);
        ResourceLimits.Demand(call.State, image.Owner!, LimitedResource.SecondaryStorage, zones.Count * image.Number("size"));
    }

    private static Entity CopyTo(CloudState state, Entity image, Entity zone)
    {
        var copy = TemplateBuilder.Create(state, image.Owner!, zone, new NewTemplate(image.Name!, image.Text("displaytext")!, image.Text("format")!)
        {
            Hypervisor = image.Text("hypervisor"),
            OsType = state.Store.Find(image.Text("ostypeid")),
        });
        foreach (var field in (string[])["bootable", "passwordenabled", "sshkeyenabled", "requireshvm", "isextractable", "arch", "url", "checksum"])
        {
            copy[field] = image[field];
        }

        copy["sourcetemplateid"] = image.Id;
        TemplateBuilder.MakeReady(copy, image.Number("size"));
        return copy;
    }

    private static Answer Prepare(CommandCall call)
    {
        var template = call.Target("templateid");
        if (!template.Flag("isready"))
        {
            throw ApiError.Refused($"{template.Name} isn't downloaded yet and can't be brought onto primary storage.");
        }

        if (template.Text("zoneid") is { } home && home != call.Target("zoneid").Id)
        {
            throw ApiError.Refused($"{template.Name} isn't in the zone given.");
        }

        return Answer.List([template]);
    }

    private static Answer LinkUserData(CommandCall call)
    {
        if (call.Has("templateid") == call.Has("isoid"))
        {
            throw ApiError.Refused("Please give exactly one of templateid and isoid.");
        }

        var image = call.Find("templateid") ?? call.Target("isoid");
        var userData = call.Find("userdataid");
        image["userdataid"] = userData?.Id;
        image["userdataname"] = userData?.Link("name");
        image["userdatapolicy"] = userData is null ? null : call.Text("userdatapolicy") ?? "ALLOWOVERRIDE";
        return Answer.Of(image);
    }
}
