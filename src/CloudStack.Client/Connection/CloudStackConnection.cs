using Cloud.Core.Caching;
using Cloud.Core.Errors;
using CloudStack.Client.Connection;

namespace CloudStack.Client;

/// <summary>Where a cloud is, who asks, and how patient the connection is.</summary>
public sealed record CloudStackConnection
{
    /// <summary>The environment variable with the server's address.</summary>
    public const string UrlVariable = "CLOUDSTACK_API_URL";

    /// <summary>The environment variable with the API key.</summary>
    public const string ApiKeyVariable = "CLOUDSTACK_API_KEY";

    /// <summary>The environment variable with the secret key.</summary>
    public const string SecretKeyVariable = "CLOUDSTACK_SECRET_KEY";

    /// <summary>Describes a connection.</summary>
    /// <param name="url">The server's address: host alone, with <c>/client</c>, or the API's full path.</param>
    /// <param name="credentials">Who asks.</param>
    /// <exception cref="CloudException"><paramref name="url"/> isn't an http or https address.</exception>
    public CloudStackConnection(string url, CloudStackCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        Url = ApiUrl.Normalize(url);
        Credentials = credentials;
    }

    /// <summary>The API's full address.</summary>
    public Uri Url { get; }

    /// <summary>Who asks.</summary>
    public CloudStackCredentials Credentials { get; }

    /// <summary>The hash that requests are signed with.</summary>
    public SigningHash Hash { get; init; } = SigningHash.Sha1;

    /// <summary>Which server certificates are trusted.</summary>
    public ServerTrust Trust { get; init; } = new();

    /// <summary>The proxy to go through, or null for the one that the system or the usual environment variables name.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>How long setting up a connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one try of a read may take.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a change may take until it's answered; some synchronous ones, such as adding a host, take minutes.</summary>
    public TimeSpan ChangeTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one command may take with all its tries and pauses.</summary>
    public TimeSpan OperationTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often a read, or a change that provably wasn't sent, is tried again.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The pause before the first retry; each further one is about twice as long.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many rows a page of a list has; the server's own limit lowers it.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>The largest answer in bytes, after decompression.</summary>
    public int MaxAnswerBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>True for a server whose setting <c>encode.api.response</c> is on: it percent-encodes every text of its answers.</summary>
    public bool AnswersAreEncoded { get; init; }

    /// <summary>True to find out by harmless reads why the server refused a signature.</summary>
    public bool DiagnoseUnauthorized { get; init; } = true;

    /// <summary>How often a second the server is asked about jobs, however many are followed.</summary>
    public int PollsPerSecond { get; init; } = 50;

    /// <summary>How long, and how much, is remembered: what names stand for, and lists where that's asked for.</summary>
    public CacheSettings Cache { get; init; } = new();

    /// <summary>True to take every list from memory where it's there, not only those of which the request says so.</summary>
    public bool CachesLists { get; init; }

    /// <summary>True to send a password to another machine over plain http, where anyone on the way can read it.</summary>
    public bool AllowPlainPassword { get; init; }

    /// <summary>Shows a warning about the connection's safety each time it's opened, or null where nobody can see it.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Reads a connection from <see cref="UrlVariable"/>, <see cref="ApiKeyVariable"/> and <see cref="SecretKeyVariable"/>.</summary>
    /// <returns>The connection.</returns>
    /// <exception cref="CloudException">A variable is missing or the address is wrong; the message names the variables.</exception>
    public static CloudStackConnection FromEnvironment() => FromVariables(Environment.GetEnvironmentVariable);

    /// <summary>The address and who asks; no secret.</summary>
    public override string ToString() => $"{Url} as {Credentials}";

    internal static CloudStackConnection FromVariables(Func<string, string?> read)
    {
        string[] missing = [.. new[] { UrlVariable, ApiKeyVariable, SecretKeyVariable }.Where(name => string.IsNullOrWhiteSpace(read(name)))];
        if (missing.Length > 0)
        {
            throw new CloudException(
                ErrorCause.NotConnected,
                $"No connection is set up: the environment variable{(missing.Length > 1 ? "s" : "")} {string.Join(", ", missing)} {(missing.Length > 1 ? "are" : "is")} not set.",
                $"Set {UrlVariable}, {ApiKeyVariable} and {SecretKeyVariable}, or name another connection.");
        }

        try
        {
            return new CloudStackConnection(read(UrlVariable)!, new ApiKeyCredentials(read(ApiKeyVariable)!, read(SecretKeyVariable)!));
        }
        catch (CloudException e)
        {
            throw new CloudException(e.Cause, $"{UrlVariable}: {e.Message}", e.NextStep, e);
        }
    }
}
