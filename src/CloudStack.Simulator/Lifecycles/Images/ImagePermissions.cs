using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;

namespace CloudStack.Simulator.Lifecycles.Images;

/// <summary>For whom a template or ISO is there.</summary>
internal sealed class ImagePermissions : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listTemplatePermissions", Show);
        commands.Read("listIsoPermissions", Show);
    }

    private static Answer Show(CommandCall call)
    {
        var image = call.Target("id");
        var shown = call.New("TemplatePermissionsResponse", image.Id);
        shown["ispublic"] = image.Flag("ispublic");
        shown["domainid"] = image.Text("domainid");
        return Answer.List([shown]);
    }
}
