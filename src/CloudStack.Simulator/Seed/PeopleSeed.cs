using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.Access;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Seed;

/// <summary>The seeded accounts by what they do.</summary>
/// <param name="Admin">The root administrators' account.</param>
/// <param name="Web">An account of the domain Engineering.</param>
/// <param name="Data">Another account of the domain Engineering.</param>
/// <param name="Ledger">An account of the domain Finance.</param>
internal sealed record People(Entity Admin, Entity Web, Entity Data, Entity Ledger)
{
    /// <summary>An account's first user.</summary>
    public static Entity UserOf(Entity account) => account.Items("user")[0];
}

/// <summary>Domains, roles, accounts and users.</summary>
internal static class PeopleSeed
{
    public static People Plant(CloudState state)
    {
        var root = AccessBuilder.CreateDomain(state, null, "ROOT");
        var engineering = AccessBuilder.CreateDomain(state, root, "Engineering");
        var finance = AccessBuilder.CreateDomain(state, root, "Finance");
        var adminRole = AccessBuilder.CreateRole(state, "Root Admin", RoleType.Admin, "Default root admin role", true);
        AccessBuilder.CreateRole(state, "Resource Admin", RoleType.ResourceAdmin, "Default resource admin role", true);
        var domainRole = AccessBuilder.CreateRole(state, "Domain Admin", RoleType.DomainAdmin, "Default domain admin role", true);
        var userRole = AccessBuilder.CreateRole(state, "User", RoleType.User, "Default user role", true);
        var known = SimulatorCredentials.Known;
        var admin = Account(state, root, adminRole, known.RootAdmin, "Ada", "Min");
        admin["isdefault"] = true;
        admin.Items("user")[0]["isdefault"] = true;
        Account(state, engineering, domainRole, known.DomainAdmin, "Erika", "Berg");
        var web = Account(state, engineering, userRole, known.User, "Deniz", "Vural");
        AccessBuilder.CreateUser(state, web, new NewUser("ops", "password", "Olga", "Petrov", "ops@engineering.example"));
        var data = AccessBuilder.CreateAccount(state, engineering, "data-team", userRole);
        AccessBuilder.CreateUser(state, data, new NewUser("dana", "password", "Dana", "Katz", "dana@engineering.example"));
        var ledger = Account(state, finance, userRole, known.OtherUser, "Fiona", "Nagy");
        return new People(admin, web, data, ledger);
    }

    /// <summary>Adds the user with a second factor, after all else, so that the rest of the cloud is the same with and without.</summary>
    public static void PlantSecondFactor(CloudState state, People people)
    {
        var known = SimulatorCredentials.Known.SecondFactorAdmin;
        var user = AccessBuilder.CreateUser(
            state, people.Admin, new NewUser(known.UserName, known.Password, "Vera", "Stark", "vera@cloud.example") { TimeZone = "Etc/UTC" });
        state.Keys.Set(user, known.ApiKey, known.SecretKey);
        SecondFactor.Set(user, new SecondFactor(SecondFactor.TimeBased, known.SecondFactorKey!, IsProven: true));
    }

    private static Entity Account(CloudState state, Entity domain, Entity role, SimulatorUser known, string first, string last)
    {
        var account = AccessBuilder.CreateAccount(state, domain, known.Account, role);
        var mail = $"{known.UserName}@{(domain.Name == "ROOT" ? "cloud" : domain.Name)}.example";
        var user = AccessBuilder.CreateUser(
            state, account, new NewUser(known.UserName, known.Password, first, last, mail) { TimeZone = "Etc/UTC" });
        state.Keys.Set(user, known.ApiKey, known.SecretKey);
        return account;
    }
}
