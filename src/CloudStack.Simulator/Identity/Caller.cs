using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary>Who calls, and what of the cloud is theirs to see (protocol note, section 6.4).</summary>
internal sealed class Caller(Entity user)
{
    public Entity User { get; } = user;

    public Entity Account { get; } = user.Attribute<Entity>(AttributeNames.Account)!;

    public Owner Owner => Owner.OfAccount(Account);

    public Entity Domain => Owner.Domain;

    public RoleType Role { get; } = Enum.Parse<RoleType>(user.Attribute<Entity>(AttributeNames.Account)!.Text("roletype")!);

    public bool IsRoot => Role == RoleType.Admin;

    /// <summary>True where the caller may see an object and, by the server's rule, act on it.</summary>
    public bool MaySee(Entity entity) => entity.Owner is not { } owner || Role switch
    {
        RoleType.Admin => true,
        RoleType.DomainAdmin or RoleType.ResourceAdmin => DomainTree.Contains(Domain, owner.Domain),
        _ => owner.Account == Account || IsMember(owner.Project) || entity == Domain,
    } || IsPublic(entity) || IsGiven(entity);

    /// <summary>True where the caller's account works in a project.</summary>
    public bool IsMember(Entity? project) =>
        project?.Attribute<List<Entity>>(AttributeNames.Members)?.Contains(Account) == true;

    // Templates and ISOs that their owner shares with the caller or a project of the caller's.
    private bool IsGiven(Entity entity) => entity.Class.Name == ResultClass.Template
        && entity.Attribute<List<Entity>>(AttributeNames.Permitted)?.Exists(holder => holder == Account || IsMember(holder)) == true;

    /// <summary>Shared templates and networks are everybody's to use.</summary>
    public static bool IsPublic(Entity entity) =>
        entity.Flag("ispublic") || entity.Text("acltype") == "Domain";
}
