namespace CloudStack.Simulator;

/// <summary>A user of the seeded cloud who can sign in. The values are made up and open nothing but the simulator.</summary>
/// <param name="UserName">The login name.</param>
/// <param name="Password">The password.</param>
/// <param name="Domain">The domain's path as <c>login</c> takes it, such as <c>/</c> or <c>/Engineering</c>.</param>
/// <param name="Account">The account.</param>
/// <param name="ApiKey">The API key.</param>
/// <param name="SecretKey">The secret key.</param>
public sealed record SimulatorUser(
    string UserName, string Password, string Domain, string Account, string ApiKey, string SecretKey)
{
    /// <summary>The key in Base32 that the user's authenticator app has, or null where a password is enough.</summary>
    public string? SecondFactorKey { get; init; }

    /// <summary>Names the user; keys and password stay out of logs.</summary>
    public override string ToString() => $"{Account}/{UserName} in {Domain}";
}

/// <summary>The users of the seeded cloud whose credentials are known, one per kind of role.</summary>
/// <param name="RootAdmin">May do everything.</param>
/// <param name="DomainAdmin">Administers the domain Engineering.</param>
/// <param name="User">An ordinary user in the domain Engineering.</param>
/// <param name="OtherUser">An ordinary user in the domain Finance, whose objects the first can't see.</param>
/// <param name="SecondFactorAdmin">A second root administrator, whose password needs a second factor.</param>
public sealed record SimulatorCredentials(
    SimulatorUser RootAdmin, SimulatorUser DomainAdmin, SimulatorUser User, SimulatorUser OtherUser, SimulatorUser SecondFactorAdmin)
{
    internal static SimulatorCredentials Known { get; } = new(
        new SimulatorUser("admin", "password", "/", "admin", "simulator-root-admin-key", "simulator-root-admin-secret"),
        new SimulatorUser("erika", "password", "/Engineering", "engineering-admin", "simulator-domain-admin-key", "simulator-domain-admin-secret"),
        new SimulatorUser("dev", "password", "/Engineering", "web-team", "simulator-user-key", "simulator-user-secret"),
        new SimulatorUser("fin", "password", "/Finance", "ledger", "simulator-other-user-key", "simulator-other-user-secret"),
        new SimulatorUser("vera", "password", "/", "admin", "simulator-second-factor-key", "simulator-second-factor-secret")
        {
            SecondFactorKey = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        });
}
