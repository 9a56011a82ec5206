using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Images;

/// <summary>A template or ISO to be.</summary>
internal sealed record NewTemplate(string Name, string Text, string Format)
{
    public string? Hypervisor { get; init; }

    public Entity? OsType { get; init; }
}

/// <summary>Makes templates and ISOs, which the server keeps as one class told apart by their format.</summary>
internal static class TemplateBuilder
{
    public const string Iso = "ISO";

    /// <summary>Makes a template that isn't ready yet, in a zone or, without one, in all.</summary>
    public static Entity Create(CloudState state, Owner owner, Entity? zone, NewTemplate details)
    {
        var template = state.New(ResultClass.Template);
        template["name"] = details.Name;
        template["displaytext"] = details.Text;
        template["format"] = details.Format;
        template["hypervisor"] = details.Hypervisor;
        template["created"] = state.Clock.GetUtcNow();
        template["templatetype"] = "USER";
        template["ispublic"] = false;
        template["isfeatured"] = false;
        template["isextractable"] = false;
        template["isready"] = false;
        template["crossZones"] = zone is null;
        template["passwordenabled"] = false;
        template["sshkeyenabled"] = true;
        template["isdynamicallyscalable"] = false;
        template["directdownload"] = false;
        template["deployasis"] = false;
        template["requireshvm"] = true;
        template["arch"] = "x86_64";
        template["status"] = "0% Downloaded";
        template["zoneid"] = zone?.Id;
        template["zonename"] = zone?.Link("name");
        template["ostypeid"] = details.OsType?.Id;
        template["ostypename"] = details.OsType?.Link("name");
        owner.Claim(template);
        state.Store.Add(template);
        return template;
    }

    public static void MakeReady(Entity template, long bytes)
    {
        template["isready"] = true;
        template["status"] = IsIso(template) ? "Successfully Installed" : "Download Complete";
        template["size"] = bytes;
        template["physicalsize"] = bytes / 2;
    }

    public static bool IsIso(Entity template) => template.Text("format") == Iso;
}
