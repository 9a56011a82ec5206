using System.Text;
using Cloud.Core.Errors;

namespace CloudStack.Client;

/// <summary>How a connection proves who it is. No member gives a secret away.</summary>
public abstract class CloudStackCredentials
{
    private protected CloudStackCredentials()
    {
    }

    /// <summary>Every secret text it holds, to keep it out of messages.</summary>
    internal abstract IReadOnlyList<string> Secrets { get; }

    private protected static string Checked(string? value, string what)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new CloudException(ErrorCause.InvalidArgument, $"The {what} is empty.", $"Give the {what}.");
        }

        return value;
    }
}

/// <summary>An API key and its secret key; every request is signed.</summary>
public sealed class ApiKeyCredentials : CloudStackCredentials
{
    private readonly string _secretText;
    private readonly byte[] _secretKey;

    /// <summary>Takes a key pair; blanks and line ends around the keys, as pasting leaves them, are dropped.</summary>
    /// <param name="apiKey">The API key.</param>
    /// <param name="secretKey">The secret key.</param>
    /// <exception cref="CloudException">One of them is empty.</exception>
    public ApiKeyCredentials(string apiKey, string secretKey)
    {
        ApiKey = Checked(apiKey, "API key").Trim();
        _secretText = Checked(secretKey, "secret key").Trim();
        _secretKey = Encoding.UTF8.GetBytes(_secretText);
    }

    /// <summary>The API key, which names the user and isn't a secret.</summary>
    public string ApiKey { get; }

    internal ReadOnlySpan<byte> SecretKey => _secretKey;

    internal override IReadOnlyList<string> Secrets => [_secretText];

    /// <summary>The API key's first characters.</summary>
    public override string ToString() => $"API key {ApiKey[..Math.Min(6, ApiKey.Length)]}…";
}

/// <summary>A user name and password; the connection logs in and keeps a session.</summary>
public sealed class SessionCredentials : CloudStackCredentials
{
    /// <summary>Takes a user's login.</summary>
    /// <param name="userName">The user's name.</param>
    /// <param name="password">The password.</param>
    /// <param name="domain">The domain's path, such as <c>/Engineering</c>, or its identifier; null or empty for ROOT.</param>
    /// <exception cref="CloudException">The name or password is empty.</exception>
    public SessionCredentials(string userName, string password, string? domain = null)
    {
        UserName = Checked(userName, "user name");
        Password = Checked(password, "password");
        Domain = domain;
    }

    /// <summary>The user's name.</summary>
    public string UserName { get; }

    /// <summary>The domain's path or identifier, or null for ROOT.</summary>
    public string? Domain { get; }

    /// <summary>
    /// Gives the code of the second factor, by asking a person or from where it's kept; null, here or as its answer, where
    /// nobody can. It's asked once a login, also when a session that has ended is renewed.
    /// </summary>
    public Func<SecondFactorQuestion, CancellationToken, ValueTask<string?>>? AskSecondFactor { get; init; }

    internal string Password { get; }

    internal override IReadOnlyList<string> Secrets => [Password];

    /// <summary>The user's name and domain.</summary>
    public override string ToString() => string.IsNullOrEmpty(Domain) ? $"user {UserName}" : $"user {UserName} in {Domain}";
}
