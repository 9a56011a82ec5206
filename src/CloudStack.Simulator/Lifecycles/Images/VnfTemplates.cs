using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Images;

/// <summary>Templates of network functions: which network interfaces an appliance needs, and how people get at it.</summary>
internal sealed class VnfTemplates : ICommandFamily
{
    private const string Type = "VNF";
    private const string NicRecords = "vnfnics";
    private const string DetailTexts = "vnfdetails";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVnfTemplates", call => Answer.List(Templates.Shown(call, isIso: false, "templatefilter").Where(IsVnf)));
        commands.Do("registerVnfTemplate", Add);
        commands.Do("updateVnfTemplate", Update);
        commands.Begin("deleteVnfTemplate", Delete);
    }

    public static bool IsVnf(Entity template) => template.Text("templatetype") == Type;

    /// <summary>The interfaces an appliance has by its template, in the order of the devices.</summary>
    public static IReadOnlyList<VnfNic> NicsOf(Entity template) => template.Attribute<IReadOnlyList<VnfNic>>(NicRecords) ?? [];

    public static IReadOnlyDictionary<string, string>? DetailsOf(Entity template) =>
        template.Attribute<IReadOnlyDictionary<string, string>>(DetailTexts);

    private static Answer Add(CommandCall call)
    {
        var nics = VnfNic.Read(call, NicRecords);
        if (call.Text("templatetype") is { Length: > 0 } type && type != Type)
        {
            throw ApiError.Refused($"A template of a network function is of the type {Type}, not {type}.");
        }

        var template = Templates.Add(call);
        template["templatetype"] = Type;
        template.SetAttribute(NicRecords, nics);
        template.SetAttribute(DetailTexts, call.Map(DetailTexts) is { Count: > 0 } details ? details : null);
        return Answer.List([template]);
    }

    private static Answer Update(CommandCall call)
    {
        var template = Demand(call);
        var nics = call.Has(NicRecords) ? VnfNic.Read(call, NicRecords) : null;
        Templates.Update(call);
        template["templatetype"] = Type;
        if (call.IsSet("cleanupvnfnics") || nics is not null)
        {
            template.SetAttribute(NicRecords, nics);
        }

        if (call.IsSet("cleanupvnfdetails") || call.Has(DetailTexts))
        {
            template.SetAttribute(DetailTexts, call.Map(DetailTexts) is { Count: > 0 } details ? details : null);
        }

        return Answer.Of(template);
    }

    private static Work Delete(CommandCall call)
    {
        Demand(call);
        return Templates.Delete(call, isIso: false);
    }

    private static Entity Demand(CommandCall call) => call.Target("id") is var template && IsVnf(template)
        ? template
        : throw ApiError.Refused($"The template {template.Name} isn't one of a network function.");
}
