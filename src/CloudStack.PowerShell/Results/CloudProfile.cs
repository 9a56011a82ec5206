namespace CloudStack.PowerShell.Results;

/// <summary>A profile as <c>Get-CsProfile</c> shows it. It shows no secret.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">The API's address.</param>
/// <param name="ApiKey">The public half of the key pair.</param>
/// <param name="SecretSource">Where the secret half comes from: <c>env:NAME</c>, <c>file:PATH</c>, or <c>text</c> where it stands in the profile.</param>
/// <param name="IsDefault">True where it's used when none is named.</param>
public sealed record CloudProfile(string Name, Uri Url, string ApiKey, string SecretSource, bool IsDefault)
{
    /// <summary>True for a server that percent-encodes every text of its answers.</summary>
    public bool EncodedAnswers { get; init; }

    /// <summary>How long lists are answered from memory; zero where each is asked of the server.</summary>
    public TimeSpan CacheTime { get; init; }
}
