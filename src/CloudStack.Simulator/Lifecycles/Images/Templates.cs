using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Images;

/// <summary>Templates and ISOs: registered, downloaded, made of volumes and snapshots, shared, deleted.</summary>
internal sealed class Templates : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listTemplates", call => List(call, isIso: false, "templatefilter"));
        commands.Read("listIsos", call => List(call, isIso: true, "isofilter"));
        commands.Do("registerTemplate", RegisterTemplate);
        commands.Do("registerIso", RegisterIso);
        commands.Begin("createTemplate", CreateFromDisk);
        commands.Do("updateTemplate", Update);
        commands.Do("updateIso", Update);
        commands.Begin("deleteTemplate", call => Delete(call, isIso: false));
        commands.Begin("deleteIso", call => Delete(call, isIso: true));
    }

    private static Answer List(CommandCall call, bool isIso, string filterName) => Answer.List(Shown(call, isIso, filterName));

    /// <summary>The templates or ISOs that a call lists.</summary>
    public static IEnumerable<Entity> Shown(CommandCall call, bool isIso, string filterName)
    {
        var shows = TemplateFilter.Of(call, call.Text(filterName));
        return Listing.Filter(
            call,
            call.State.Table(ResultClass.Template),
            shows,
            template => TemplateBuilder.IsIso(template) == isIso
                && (call.Text("zoneid") is not { } zone || template.Flag("crossZones") || template.Text("zoneid") == zone)
                && (call.Text("hypervisor") is not { } hypervisor || string.Equals(template.Text("hypervisor"), hypervisor, StringComparison.OrdinalIgnoreCase)),
            "zoneid", "hypervisor", "isready", "bootable", "ispublic");
    }

    private static Answer RegisterTemplate(CommandCall call) => Answer.List([Add(call)]);

    /// <summary>Registers a template as a call says, and begins its download.</summary>
    public static Entity Add(CommandCall call)
    {
        var zone = call.Find("zoneid") ?? (call.FindAll("zoneids") is [var first, ..] ? first : null);
        DemandUrl(call);
        var template = TemplateBuilder.Create(call.State, call.NewOwner(LimitedResource.Template), zone, new NewTemplate(
            call.RequiredText("name"), call.Text("displaytext") ?? call.RequiredText("name"), Upper(call.RequiredText("format")))
        {
            Hypervisor = call.RequiredText("hypervisor"),
            OsType = call.Find("ostypeid"),
        });
        call.Apply(template, "isextractable", "passwordenabled", "sshkeyenabled", "requireshvm", "isdynamicallyscalable", "directdownload", "arch", "templatetag", "checksum");
        return Downloading(call, template);
    }

    private static Answer RegisterIso(CommandCall call)
    {
        DemandUrl(call);
        var iso = TemplateBuilder.Create(call.State, call.NewOwner(LimitedResource.Template), call.Target("zoneid"), new NewTemplate(
            call.RequiredText("name"), call.Text("displaytext") ?? call.RequiredText("name"), TemplateBuilder.Iso)
        {
            OsType = call.Find("ostypeid"),
        });
        iso["bootable"] = call.Flag("bootable") ?? true;
        call.Apply(iso, "isextractable", "checksum", "arch", "directdownload");
        return Answer.List([Downloading(call, iso)]);
    }

    private static Entity Downloading(CommandCall call, Entity template)
    {
        template["url"] = call.Text("url");
        template["ispublic"] = call.IsSet("ispublic");
        template["isfeatured"] = call.IsSet("isfeatured") && call.Caller.IsRoot;
        Download(call.State, template);
        return template;
    }

    /// <summary>Begins the download at whose end a template is ready.</summary>
    public static void Download(CloudState state, Entity template)
    {
        var started = state.Clock.GetUtcNow();
        var ready = started + state.Options.DownloadTime;
        template["status"] = new DownloadProgress(state.Clock, started, ready);
        state.Timeline.At(ready, () =>
        {
            if (template.Table is not null)
            {
                TemplateBuilder.MakeReady(template, (2L + state.Ids.Next(8)) * VolumeBuilder.Gigabyte);
            }
        });
        state.Timeline.RunDue(started);
    }

    private static void DemandUrl(CommandCall call)
    {
        var url = call.RequiredText("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https" or "ftp" or "nfs"))
        {
            throw ApiError.Refused($"Unable to register from {url}: it isn't an absolute http, https, ftp or nfs URL.");
        }
    }

    private static Work CreateFromDisk(CommandCall call)
    {
        var volume = call.Find("volumeid");
        var snapshot = call.Find("snapshotid");
        if ((volume is null) == (snapshot is null))
        {
            throw ApiError.Refused("Failed to create private template from snapshot or volume: exactly one of snapshotid and volumeid has to be given.");
        }

        if (volume?.Text("virtualmachineid") is { } machineId && call.State.Store.Find(machineId)?.State == "Running")
        {
            throw ApiError.Refused($"Unable to create a template from volume {volume.Name}: its virtual machine isn't stopped.");
        }

        var source = (volume ?? snapshot)!;
        var zone = call.State.Store.Find(source.Text("zoneid"));
        var template = TemplateBuilder.Create(call.State, call.NewOwner(LimitedResource.Template), zone, new NewTemplate(
            call.RequiredText("name"), call.Text("displaytext") ?? call.RequiredText("name"), "QCOW2")
        {
            Hypervisor = "KVM",
            OsType = call.Target("ostypeid"),
        });
        call.Apply(template, "ispublic", "passwordenabled", "sshkeyenabled", "requireshvm", "isdynamicallyscalable");
        return new Work(template, () =>
        {
            TemplateBuilder.MakeReady(template, source.Number(volume is null ? "virtualsize" : "size"));
            return Answer.Of(template);
        })
        {
            Queue = source,
            Abandon = () => call.State.Store.Remove(template),
        };
    }

    /// <summary>Changes what a call names.</summary>
    public static Answer Update(CommandCall call)
    {
        var template = call.Target("id");
        DemandOwnership(call, template);
        call.Apply(
            template, "name", "displaytext", "bootable", "isdynamicallyscalable", "passwordenabled", "requireshvm", "sshkeyenabled",
            "templatetag", "templatetype", "arch");
        if (call.Find("ostypeid") is { } system)
        {
            template["ostypeid"] = system.Id;
            template["ostypename"] = system.Link("name");
        }

        return Answer.Of(template);
    }

    /// <summary>Takes a template or ISO away that nothing uses.</summary>
    public static Work Delete(CommandCall call, bool isIso)
    {
        var template = call.Target("id");
        if (TemplateBuilder.IsIso(template) != isIso)
        {
            throw ApiError.Refused($"Please specify a valid {(isIso ? "iso" : "template")}: {template.Name} is none.");
        }

        DemandOwnership(call, template);
        return Work.Removing(call.State.Store, template) with
        {
            Begin = () => DemandUnused(call, template),
        };
    }

    private static void DemandUnused(CommandCall call, Entity template)
    {
        var field = TemplateBuilder.IsIso(template) ? "isoid" : "templateid";
        var user = call.State.Table(ResultClass.VirtualMachine).FirstOrDefault(m => m.Text(field) == template.Id);
        if (user is not null && !call.IsSet("forced"))
        {
            throw ApiError.Refused($"Unable to delete {template.Name}: the virtual machine {user.Name} uses it.");
        }
    }

    /// <exception cref="ApiError">The image may be the caller's to use, but not to change.</exception>
    public static void DemandOwnership(CommandCall call, Entity template)
    {
        var caller = call.Caller;
        var isTheirs = caller.IsRoot || template.Owner is not { } owner || owner.Account == caller.Account || caller.IsMember(owner.Project)
            || (caller.Role != RoleType.User && DomainTree.Contains(caller.Domain, owner.Domain));
        if (!isTheirs)
        {
            throw ApiError.NotPermitted($"Account {caller.Account.Name} may use {template.Name} but not change it.");
        }
    }

    private static string Upper(string format) => format.ToUpperInvariant();
}
