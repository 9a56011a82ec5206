namespace Cloud.Core.Profiles;

/// <summary>How to connect to one cloud. It names its secret's source and never holds the secret itself.</summary>
/// <param name="Name">The profile's name.</param>
/// <param name="Url">The server's address.</param>
/// <param name="ApiKey">The public half of the key pair.</param>
/// <param name="SecretKey">Where the secret half comes from (see <see cref="SecretSource"/>).</param>
public sealed record ConnectionProfile(string Name, Uri Url, string ApiKey, string SecretKey)
{
    /// <summary>The longest time for which lists may be answered from memory.</summary>
    public static readonly TimeSpan LongestCacheTime = TimeSpan.FromHours(24);

    /// <summary>True for a server that percent-encodes every text of its answers.</summary>
    public bool EncodedAnswers { get; init; }

    /// <summary>How long PowerShell answers lists from memory; zero where each is asked of the server.</summary>
    public TimeSpan CacheTime { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Url.Host})";
}
