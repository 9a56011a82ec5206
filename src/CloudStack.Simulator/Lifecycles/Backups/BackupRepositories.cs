using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Backups;

/// <summary>Where backups are kept: the shares of the provider <c>nas</c>, each of which can be imported as an offering.</summary>
internal sealed class BackupRepositories : ICommandFamily
{
    public const string Class = "BackupRepositoryResponse";
    public const string Nas = "nas";

    private static readonly (string Name, string Text)[] Providers =
    [
        (Nas, "Copies machines of KVM hosts to network shares"), ("dummy", "Keeps nothing; for trying the commands out"),
    ];

    private static readonly string[] ShareTypes = ["nfs", "cifs", "ceph"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listBackupProviders", ListProviders);
        commands.Read("listBackupRepositories", call => Listing.Of(call, Class));
        commands.Read("listBackupProviderOfferings", ListOffered);
        commands.Do("addBackupRepository", Add);
        commands.Do("updateBackupRepository", Update);
        commands.Do("deleteBackupRepository", Delete);
    }

    public static Entity Create(CloudState state, Entity zone, string name, string type, string address)
    {
        var repository = state.New(Class);
        repository["name"] = name;
        repository["type"] = type;
        repository["provider"] = Nas;
        repository["address"] = address;
        repository["zoneid"] = zone.Id;
        repository["zonename"] = zone.Link("name");
        repository["created"] = state.Clock.GetUtcNow();
        repository["crosszoneinstancecreation"] = false;
        state.Store.Add(repository);
        return repository;
    }

    private static Answer ListProviders(CommandCall call) => Answer.List(Providers
        .Where(provider => call.Text("name") is not { } name || provider.Name == name)
        .Select(provider =>
        {
            var shown = call.New("BackupProviderResponse", provider.Name);
            shown["name"] = provider.Name;
            shown["description"] = provider.Text;
            return shown;
        }));

    /// <summary>What could be imported: the zone's repositories.</summary>
    private static Answer ListOffered(CommandCall call) => Answer.List(call.State.Table(Class)
        .Where(repository => repository.Text("zoneid") == call.Target("zoneid").Id)
        .Select(repository =>
        {
            var shown = call.New(BackupOfferings.Class, repository.Id);
            shown["name"] = repository.Name;
            shown["description"] = $"{repository.Text("type")} share {repository.Text("address")}";
            shown["externalid"] = repository.Id;
            shown["provider"] = Nas;
            return shown;
        }));

    private static Answer Add(CommandCall call)
    {
        var zone = call.Target("zoneid");
        if (call.Text("provider") is { Length: > 0 } provider && provider != Nas)
        {
            throw ApiError.Refused($"The provider {provider} has no repositories; {Nas} has.");
        }

        if (!ShareTypes.Contains(call.RequiredText("type")))
        {
            throw ApiError.Refused($"A repository of type {call.Text("type")} can't be used; one of {string.Join(", ", ShareTypes)} can.");
        }

        var address = call.RequiredText("address");
        if (call.State.Table(Class).Any(r => r.Text("zoneid") == zone.Id && (r.Text("address") == address || r.Name == call.Text("name"))))
        {
            throw ApiError.Refused($"The zone {zone.Name} already has a backup repository of that name or at {address}.");
        }

        var repository = Create(call.State, zone, call.RequiredText("name"), call.RequiredText("type"), address);
        call.Apply(repository, "mountopts", "capacitybytes", "crosszoneinstancecreation");
        return Answer.Of(repository);
    }

    private static Answer Update(CommandCall call)
    {
        var repository = call.Target("id");
        call.Apply(repository, "name", "address", "mountopts", "crosszoneinstancecreation");
        return Answer.Of(repository);
    }

    private static Answer Delete(CommandCall call)
    {
        var repository = call.Target("id");
        if (call.State.Table(BackupOfferings.Class).FirstOrDefault(o => o.Text("externalid") == repository.Id) is { } offering)
        {
            throw ApiError.Refused($"The repository {repository.Name} is used by the backup offering {offering.Name}; delete that first.");
        }

        call.State.Store.Remove(repository);
        return Answer.Done;
    }
}
