using Cloud.Core.Catalog;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Notices;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Commands;

/// <summary>Writes what happened as the events that <c>listEvents</c> answers. The oldest go when there are too many.</summary>
internal sealed class EventLog(CloudState state)
{
    private const int Kept = 20_000;

    /// <summary>Writes that a command was carried out at once.</summary>
    public Entity Write(CommandSpec command, Caller caller, Entity? subject) =>
        Add(command, caller, subject, "Completed", null, "INFO", null);

    /// <summary>Writes a stage of a job.</summary>
    public Entity Write(Job job, string stage, Entity? parent, string level = "INFO", string? error = null) =>
        Add(job.Command, job.Caller, job.Work.Subject, stage, parent, level, error);

    /// <summary>Writes what the cloud did by itself.</summary>
    public Entity Write(string type, Caller caller, Entity subject, string text) => Add(type, caller, subject, "Completed", null, "INFO", text);

    private Entity Add(
        CommandSpec command, Caller caller, Entity? subject, string stage, Entity? parent, string level, string? error) =>
        Add(TypeOf(command, subject), caller, subject, stage, parent, level, Describe(command, subject, stage, error));

    private Entity Add(
        string type, Caller caller, Entity? subject, string stage, Entity? parent, string level, string text)
    {
        var entry = state.New(ResultClass.Event);
        (subject?.Owner ?? caller.Owner).Claim(entry);
        entry["type"] = type;
        entry["level"] = level;
        entry["state"] = stage;
        entry["created"] = state.Clock.GetUtcNow();
        entry["username"] = caller.User.Text("username");
        entry["parentid"] = parent?.Id;
        entry["description"] = text;
        if (subject is not null)
        {
            entry.TrySet("resourceid", subject.Id);
            entry.TrySet("resourcename", subject.Name);
            entry.TrySet("resourcetype", subject.Class.Name.Replace("Response", "", StringComparison.Ordinal));
        }

        state.Store.Add(entry);
        var table = state.Table(ResultClass.Event);
        if (table.Count > Kept)
        {
            state.Store.Remove(table.First());
        }

        WebhookDeliveries.Announce(state, entry);

        return entry;
    }

    private static string Describe(CommandSpec command, Entity? subject, string stage, string? error)
    {
        var what = subject is null ? command.Name : $"{command.Name} on {subject.Name ?? subject.Id}";
        return error is null ? $"{stage}: {what}" : $"Failed: {what}. {error}";
    }

    private static string TypeOf(CommandSpec command, Entity? subject)
    {
        if (command.Event is not { } known)
        {
            var verb = Words.Verb(command.Name);
            return $"{command.Name[verb.Length..].ToUpperInvariant()}.{verb.ToUpperInvariant()}";
        }

        // A command for several kinds of system machines has an event for each.
        var types = known.Split(", ");
        var kind = subject?.Text("systemvmtype") switch
        {
            "consoleproxy" => "PROXY.",
            "secondarystoragevm" => "SSVM.",
            _ => "ROUTER.",
        };
        return types.FirstOrDefault(type => type.StartsWith(kind, StringComparison.Ordinal)) ?? types[0];
    }
}
