namespace CloudStack.Simulator.Identity;

/// <summary>The server's role types; their order is that of the account types 1, 3, 2 and 0.</summary>
internal enum RoleType
{
    Admin,
    ResourceAdmin,
    DomainAdmin,
    User,
}
