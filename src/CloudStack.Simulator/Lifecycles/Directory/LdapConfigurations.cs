using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Directory;

/// <summary>LDAP servers, for the whole cloud or one domain.</summary>
internal sealed class LdapConfigurations : ICommandFamily
{
    public const string Class = "LdapConfigurationResponse";
    private const int LastPort = 65_535;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listLdapConfigurations", List);
        commands.Do("addLdapConfiguration", Add);
        commands.Do("deleteLdapConfiguration", Delete);
        commands.Do("ldapConfig", AddByFormerCommand);
        commands.Do("ldapRemove", RemoveByFormerCommand);
    }

    /// <summary>A server that a domain can ask: its own or that of a domain above, or the whole cloud's.</summary>
    /// <exception cref="ApiError">There is none.</exception>
    public static void DemandFor(CloudState state, Entity? domain)
    {
        if (!state.Table(Class).Any(known => known.Text("domainid") is not { } id
            || (domain is not null && state.Store.Find(id) is { } home && DomainTree.Contains(home, domain))))
        {
            throw new ApiError(ApiError.Internal, "No LDAP server is configured for the domain; add one with addLdapConfiguration.");
        }
    }

    private static Answer List(CommandCall call) => Answer.List(Listing.Filter(
        call, call.State.Table(Class), _ => true,
        known => call.Text("domainid") is not { } domain || known.Text("domainid") == domain || (call.IsSet("listall") && known.Text("domainid") is null),
        "domainid"));

    private static Answer Add(CommandCall call) => Answer.Of(Create(call));

    private static Entity Create(CommandCall call)
    {
        var host = call.RequiredText("hostname");
        var port = call.Number("port") ?? 389;
        var domain = call.Find("domainid");
        if (port is < 1 or > LastPort)
        {
            throw ApiError.Refused($"{port} isn't a port: it's a number from 1 to {LastPort}.");
        }

        if (Find(call.State, host, port, domain) is not null)
        {
            throw ApiError.Refused($"The LDAP server {host}:{port} is configured already.");
        }

        var server = call.New(Class);
        server["hostname"] = host;
        server["port"] = port;
        server["domainid"] = domain?.Id;
        call.State.Store.Add(server);
        return server;
    }

    private static Answer Delete(CommandCall call)
    {
        var server = call.Find("id") ?? Find(call.State, call.RequiredText("hostname"), call.Number("port"), call.Find("domainid"))
            ?? throw ApiError.Refused($"There is no LDAP server {call.Text("hostname")} to delete.");
        call.State.Store.Remove(server);
        return Answer.Of(server);
    }

    // Two commands of former times, for one server of the whole cloud.
    private static Answer AddByFormerCommand(CommandCall call)
    {
        var isQuestion = call.IsSet("listall") || !call.Has("hostname");
        var server = isQuestion ? call.State.Table(Class).FirstOrDefault() : Create(call);
        var answer = call.New(call.Command.Result);
        answer["hostname"] = server?.Text("hostname");
        answer["port"] = server?.Text("port");
        call.Apply(answer, "binddn", "queryfilter", "searchbase", "ssl");
        return Answer.Of(answer);
    }

    private static Answer RemoveByFormerCommand(CommandCall call)
    {
        call.State.Table(Class).Where(server => server.Text("domainid") is null).ToList().ForEach(call.State.Store.Remove);
        return Answer.Of(call.New(call.Command.Result));
    }

    private static Entity? Find(CloudState state, string host, long? port, Entity? domain) => state.Table(Class).FirstOrDefault(known =>
        known.Text("hostname") == host && (port is null || known.Number("port") == port) && known.Text("domainid") == domain?.Id);
}
