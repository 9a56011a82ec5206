using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Makes domains, roles, accounts and users; everything was checked before.</summary>
internal static class AccessBuilder
{
    public const string RoleEnabled = "Enabled";

    public static Entity CreateDomain(CloudState state, Entity? parent, string name, string? id = null)
    {
        var domain = state.New(ResultClass.Domain, id);
        domain["name"] = name;
        domain["path"] = parent is null ? name : $"{parent.Text("path")}/{name}";
        domain["level"] = parent is null ? 0 : parent.Number("level") + 1;
        domain["haschild"] = false;
        domain["state"] = "Active";
        domain["created"] = state.Clock.GetUtcNow();
        if (parent is not null)
        {
            domain["parentdomainid"] = parent.Id;
            domain["parentdomainname"] = parent.Link("name");
            parent["haschild"] = true;
        }

        domain.SetAttribute(AttributeNames.Parent, parent);
        domain.Owner = new Owner(domain, null, null);
        AccountCounts.Follow(state, domain);
        state.Store.Add(domain);
        return domain;
    }

    public static Entity CreateRole(CloudState state, string name, RoleType type, string description, bool isDefault)
    {
        var role = state.New(ResultClass.Role);
        role["name"] = name;
        role["type"] = type.ToString();
        role["description"] = description;
        role["isdefault"] = isDefault;
        role["ispublic"] = true;
        role["state"] = RoleEnabled;
        state.Store.Add(role);
        return role;
    }

    public static Entity CreateAccount(CloudState state, Entity domain, string name, Entity role, string? id = null)
    {
        var account = state.New(ResultClass.Account, id);
        account.SetAttribute(AttributeNames.Domain, domain);
        account["name"] = name;
        account["state"] = "enabled";
        account["created"] = state.Clock.GetUtcNow();
        account["domainid"] = domain.Id;
        account["domain"] = domain.Link("name");
        account["domainpath"] = domain.Link("path");
        account["isdefault"] = false;
        account["apikeyaccess"] = "INHERIT";
        SetRole(account, role);
        account.Owner = Owner.OfAccount(account);
        account["user"] = new List<Entity>();
        AccountCounts.Follow(state, account);
        state.Store.Add(account);
        return account;
    }

    public static void SetRole(Entity account, Entity role)
    {
        account.SetAttribute(AttributeNames.Role, role);
        account["roleid"] = role.Id;
        account["rolename"] = role.Link("name");
        account["roletype"] = role.Text("type");
        account["accounttype"] = Enum.Parse<RoleType>(role.Text("type")!) switch
        {
            RoleType.Admin => 1,
            RoleType.DomainAdmin => 2,
            RoleType.ResourceAdmin => 3,
            _ => 0,
        };
    }

    public static Entity CreateUser(CloudState state, Entity account, NewUser details)
    {
        var user = state.New(ResultClass.User, details.Id);
        user.SetAttribute(AttributeNames.Account, account);
        user.SetAttribute(AttributeNames.Password, details.Password);
        user["username"] = details.UserName;
        user["firstname"] = details.FirstName;
        user["lastname"] = details.LastName;
        user["email"] = details.Email;
        user["timezone"] = details.TimeZone;
        user["state"] = "enabled";
        user["created"] = state.Clock.GetUtcNow();
        user["account"] = account.Link("name");
        user["accountid"] = account.Id;
        user["accounttype"] = account.Link("accounttype");
        user["roleid"] = account.Link("roleid");
        user["rolename"] = account.Link("rolename");
        user["roletype"] = account.Link("roletype");
        user["domainid"] = account.Text("domainid");
        user["domain"] = account.Link("domain");
        user["usersource"] = "native";
        user["isdefault"] = false;
        user["is2faenabled"] = false;
        user["is2famandated"] = false;
        user["apikeyaccess"] = "INHERIT";
        user.Owner = Owner.OfAccount(account);
        state.Store.Add(user);
        account.AddItem("user", user);
        return user;
    }
}

/// <summary>A user to be.</summary>
internal sealed record NewUser(string UserName, string Password, string FirstName, string LastName, string Email)
{
    public string? TimeZone { get; init; }

    public string? Id { get; init; }

    /// <summary>Keeps the password out of whatever is printed.</summary>
    public override string ToString() => UserName;
}
