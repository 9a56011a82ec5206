namespace CloudStack.Simulator.Lifecycles.Directory;

/// <summary>A person in the directory.</summary>
internal sealed record DirectoryEntry(string UserName, string FirstName, string LastName, string Group)
{
    public const string Base = "dc=cloud,dc=example";

    public string Email => $"{UserName}@cloud.example";

    public string Unit => $"ou={Group},{Base}";

    /// <summary>The distinguished name.</summary>
    public string Principal => $"uid={UserName},{Unit}";
}

/// <summary>The small LDAP directory that every configured server shows. No network is asked.</summary>
internal static class SimulatedDirectory
{
    public static readonly IReadOnlyList<DirectoryEntry> People =
    [
        new("agarcia", "Ana", "Garcia", "engineering"), new("bnovak", "Boris", "Novak", "engineering"),
        new("clin", "Chen", "Lin", "engineering"), new("dmeyer", "Doris", "Meyer", "finance"),
        new("eokafor", "Emeka", "Okafor", "finance"), new("fsilva", "Flavia", "Silva", "operations"),
        new("dev", "Deniz", "Vural", "operations"),
    ];

    /// <summary>Those whose user name, name or address holds a text.</summary>
    public static IEnumerable<DirectoryEntry> Search(string query)
    {
        var wanted = query.Trim('*');
        return People.Where(person => new[] { person.UserName, person.FirstName, person.LastName, person.Email }
            .Any(text => text.Contains(wanted, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Those of a group or unit, named by itself or by its distinguished name; everybody at the base.</summary>
    public static IEnumerable<DirectoryEntry> Of(string name) => People.Where(person =>
        name.Equals(DirectoryEntry.Base, StringComparison.OrdinalIgnoreCase)
        || name.Equals(person.Group, StringComparison.OrdinalIgnoreCase)
        || name.Equals(person.Unit, StringComparison.OrdinalIgnoreCase)
        || name.Equals($"cn={person.Group},{DirectoryEntry.Base}", StringComparison.OrdinalIgnoreCase));
}
