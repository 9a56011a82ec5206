using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.Access;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Directory;

/// <summary>People of the directory: found, made users, and tied to domains and accounts as whole groups.</summary>
internal sealed class LdapUsers : ICommandFamily
{
    private const string Source = "ldap";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listLdapUsers", List);
        commands.Read("searchLdap", Search);
        commands.Do("importLdapUsers", Import);
        commands.Do("ldapCreateAccount", CreateAccount);
        commands.Do("linkDomainToLdap", LinkDomain);
        commands.Do("linkAccountToLdap", LinkAccount);
    }

    private static Answer List(CommandCall call)
    {
        var domain = call.Find("domainid");
        LdapConfigurations.DemandFor(call.State, domain ?? call.Caller.Domain);
        var filter = call.Text("userfilter") ?? "NoFilter";
        if (filter is not ("NoFilter" or "LocalDomain" or "AnyDomain" or "PotentialImport"))
        {
            throw ApiError.BadValue(call.Command.Name, "userfilter", filter);
        }

        var isNew = call.Text("listtype") == "new" || filter is "LocalDomain" or "AnyDomain";
        return Answer.List(SimulatedDirectory.People.Where(person => !isNew || KnownAs(call.State, person) is null).Select(person => Show(call, person)));
    }

    private static Answer Search(CommandCall call)
    {
        LdapConfigurations.DemandFor(call.State, call.Caller.Domain);
        return Answer.List(SimulatedDirectory.Search(call.RequiredText("query")).Select(person => Show(call, person)));
    }

    private static Answer Import(CommandCall call)
    {
        var domain = call.Find("domainid") ?? call.Caller.Domain;
        LdapConfigurations.DemandFor(call.State, domain);
        var people = (call.Text("group") is { Length: > 0 } group ? SimulatedDirectory.Of(group) : SimulatedDirectory.People)
            .Where(person => KnownAs(call.State, person) is null).ToList();
        var role = RoleOf(call);
        foreach (var person in people)
        {
            var name = call.Text("account") is { Length: > 0 } account ? account : person.UserName;
            AddUser(call, person, Accounts.FindIn(call.State, domain, name) ?? AccessBuilder.CreateAccount(call.State, domain, name, role));
        }

        return Answer.List(people.Select(person => Show(call, person)));
    }

    private static Answer CreateAccount(CommandCall call)
    {
        var domain = call.Find("domainid") ?? call.Caller.Domain;
        LdapConfigurations.DemandFor(call.State, domain);
        var person = Named(call.RequiredText("username"));
        if (KnownAs(call.State, person) is { } known)
        {
            throw ApiError.Refused($"The user {person.UserName} is in the domain {known.Text("domain")} already.");
        }

        var name = call.Text("account") is { Length: > 0 } account ? account : person.UserName;
        if (Accounts.FindIn(call.State, domain, name) is not null)
        {
            throw ApiError.Refused($"The specified account: {name} already exists");
        }

        var created = AccessBuilder.CreateAccount(call.State, domain, name, RoleOf(call), call.ChosenId("accountid"));
        AddUser(call, person, created);
        call.Apply(created, "networkdomain");
        return Answer.Of(created);
    }

    private static Answer LinkDomain(CommandCall call)
    {
        var domain = call.Target("domainid");
        var group = call.Text("ldapdomain") ?? call.RequiredText("name");
        var link = Link(call, domain, group);
        call.Apply(link, "accounttype", "name");
        if (call.Text("admin") is { Length: > 0 } admin && Accounts.FindIn(call.State, domain, admin) is null)
        {
            link["accountid"] = AddAdmin(call, admin, AccessBuilder.CreateAccount(call.State, domain, admin, RoleOf(call)));
        }

        return Answer.Of(link);
    }

    private static Answer LinkAccount(CommandCall call)
    {
        var domain = call.Target("domainid");
        var name = call.RequiredText("account");
        var link = Link(call, domain, call.RequiredText("ldapdomain"));
        var account = Accounts.FindIn(call.State, domain, name) ?? AccessBuilder.CreateAccount(call.State, domain, name, RoleOf(call));
        if (call.Text("admin") is { Length: > 0 } admin)
        {
            AddAdmin(call, admin, account);
        }

        link["accountid"] = account.Id;
        return Answer.Of(link);
    }

    private static Entity Link(CommandCall call, Entity domain, string group)
    {
        LdapConfigurations.DemandFor(call.State, domain);
        var type = call.Text("type") ?? "GROUP";
        if (type is not ("GROUP" or "OU"))
        {
            throw ApiError.BadValue(call.Command.Name, "type", type);
        }

        if (!SimulatedDirectory.Of(group).Any())
        {
            throw ApiError.Refused($"The directory has nobody in {group}.");
        }

        if (call.Text("admin") is { Length: > 0 } admin && KnownAs(call.State, Named(admin)) is { } known)
        {
            throw ApiError.Refused($"The user {admin} is in the domain {known.Text("domain")} already.");
        }

        RoleOf(call);
        var link = call.New(call.Command.Result);
        link["domainid"] = domain.Id;
        link["ldapdomain"] = group;
        link["type"] = type;
        return link;
    }

    private static string AddAdmin(CommandCall call, string userName, Entity account)
    {
        AddUser(call, Named(userName), account);
        return account.Id;
    }

    private static void AddUser(CommandCall call, DirectoryEntry person, Entity account)
    {
        // The directory keeps the password; this one is known to nobody.
        var user = AccessBuilder.CreateUser(
            call.State, account,
            new NewUser(person.UserName, call.State.Ids.NextText(32), person.FirstName, person.LastName, person.Email) { TimeZone = call.Text("timezone") });
        user["usersource"] = Source;
    }

    private static DirectoryEntry Named(string userName) => SimulatedDirectory.People.FirstOrDefault(person => person.UserName == userName)
        ?? throw ApiError.Refused($"The directory has no user named {userName}.");

    private static Entity? KnownAs(CloudState state, DirectoryEntry person) =>
        state.Table(ResultClass.User).FirstOrDefault(user => user.Text("username") == person.UserName);

    private static Entity RoleOf(CommandCall call)
    {
        var type = call.Number("accounttype") switch
        {
            null or 0 => RoleType.User,
            2 => RoleType.DomainAdmin,
            var other => throw ApiError.Refused($"Invalid account type {other}: users are 0, domain administrators are 2."),
        };
        return call.Find("roleid") ?? call.State.Table(ResultClass.Role).First(role => role.Text("type") == type.ToString() && role.Flag("isdefault"));
    }

    private static Entity Show(CommandCall call, DirectoryEntry person)
    {
        var shown = call.New(call.Command.Result);
        shown["username"] = person.UserName;
        shown["firstname"] = person.FirstName;
        shown["lastname"] = person.LastName;
        shown["email"] = person.Email;
        shown["principal"] = person.Principal;
        shown["domain"] = person.Group;
        shown["conflictingusersource"] = KnownAs(call.State, person)?.Text("usersource");
        return shown;
    }
}
