using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.Authentication.Jwt;

/// <summary>
/// An issuer's public keys, fetched when first needed, kept for an hour, and fetched anew when a token names a key that isn't
/// among them; that at most once in a while, so that made-up names can't be used to flood the issuer.
/// </summary>
/// <param name="rule">Whose keys.</param>
/// <param name="http">Fetches them.</param>
/// <param name="time">The clock.</param>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle is never asked for holds nothing to release.")]
internal sealed class KeySet(JwtRule rule, HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(30);

    // Callers mustn't stand in line for an issuer that keeps each of them waiting.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile IReadOnlyList<PublicKey> _keys = [];
    private DateTimeOffset? _fetched;
    private (DateTimeOffset When, Exception Error)? _failure;

    /// <summary>Makes a client that is neither led elsewhere nor made to read without end.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 256 * 1024,
    };

    /// <summary>Finds the keys that may have signed a token.</summary>
    /// <param name="id">The key the token names, or null.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.Unavailable"/>: there are no keys, since the issuer can't be asked.</exception>
    public async ValueTask<IReadOnlyList<PublicKey>> FindAsync(string? id, CancellationToken cancellationToken)
    {
        if (Kept(id) is { } kept)
        {
            return kept;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Kept(id) is { } meanwhile)
            {
                return meanwhile;
            }

            if (_failure is { } failure && _keys.Count == 0 && time.GetUtcNow() - failure.When < PauseAfterFailure)
            {
                throw Unavailable(failure.Error);
            }

            if (_fetched is not { } last || time.GetUtcNow() - last >= ShortestPause)
            {
                await RefreshAsync(cancellationToken);
            }

            return Matching(id);
        }
        finally
        {
            _turn.Release();
        }
    }

    private IReadOnlyList<PublicKey>? Kept(string? id) =>
        _fetched is { } last && time.GetUtcNow() - last < Lifetime && Matching(id) is { Count: > 0 } found ? found : null;

    private IReadOnlyList<PublicKey> Matching(string? id) => id is null ? _keys : [.. _keys.Where(key => key.Id == id)];

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var url = rule.Keys ?? await DiscoverAsync(cancellationToken);
            using var set = JsonDocument.Parse(await http.GetByteArrayAsync(url, cancellationToken));
            _keys = [.. set.RootElement.GetProperty("keys").EnumerateArray().Select(PublicKey.Read).OfType<PublicKey>()];
            _fetched = time.GetUtcNow();
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            // Keys that were good an hour ago are better than nobody let in while the issuer is down.
            if (_keys.Count == 0)
            {
                _failure = (time.GetUtcNow(), error);
                throw Unavailable(error);
            }

            _fetched = time.GetUtcNow();
        }
    }

    private CloudException Unavailable(Exception error) => new(
        ErrorCause.Unavailable,
        $"The keys of {rule.Issuer} can't be fetched: {error.Message}",
        "Check that this server reaches the issuer, and that the configuration names it as it names itself.",
        error);

    private async Task<Uri> DiscoverAsync(CancellationToken cancellationToken)
    {
        var issuer = new Uri(rule.Issuer.TrimEnd('/'));
        var path = issuer.AbsolutePath.TrimEnd('/');
        // OAuth puts its well-known path before the issuer's own, OpenID Connect after it.
        string[] places = [$"/.well-known/oauth-authorization-server{path}", $"{path}/.well-known/openid-configuration"];
        foreach (var place in places)
        {
            using var response = await http.GetAsync(new Uri(issuer, place), cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                continue;
            }

            using var metadata = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            if (metadata.RootElement.GetProperty("issuer").GetString() == rule.Issuer
                && Uri.TryCreate(metadata.RootElement.GetProperty("jwks_uri").GetString(), UriKind.Absolute, out var keys)
                && (keys.Scheme == Uri.UriSchemeHttps || keys.IsLoopback))
            {
                return keys;
            }
        }

        throw new JsonException("its metadata name no keys, or another issuer");
    }

    private static bool IsFailure(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
