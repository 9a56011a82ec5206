namespace Cloud.Core.Profiles;

/// <summary>How to connect to one cloud. It names its secret's source and never holds the secret itself.</summary>
/// <param name="Name">The profile's name.</param>
/// <param name="Url">The server's address.</param>
/// <param name="ApiKey">The public half of the key pair.</param>
/// <param name="SecretKey">Where the secret half comes from (see <see cref="SecretSource"/>).</param>
public sealed record ConnectionProfile(string Name, Uri Url, string ApiKey, string SecretKey)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Url.Host})";
}
