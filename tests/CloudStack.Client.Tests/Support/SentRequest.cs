using System.Text;

namespace CloudStack.Client.Tests.Support;

/// <summary>A request as a server sees it.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Url">The URL as sent.</param>
/// <param name="Body">The body, or empty.</param>
/// <param name="Cookie">The <c>Cookie</c> header, or null.</param>
internal sealed record SentRequest(string Method, string Url, string Body, string? Cookie)
{
    private readonly Lazy<Dictionary<string, string>> _parameters = new(() => Decode(Url, Body));

    public IReadOnlyDictionary<string, string> Parameters => _parameters.Value;

    public string Command => Parameters.GetValueOrDefault("command", "");

    public static async Task<SentRequest> ReadAsync(HttpRequestMessage request) => new(
        request.Method.Method,
        request.RequestUri!.OriginalString,
        request.Content is null ? "" : await request.Content.ReadAsStringAsync(),
        request.Headers.TryGetValues("Cookie", out var cookie) ? string.Join("; ", cookie) : null);

    private static Dictionary<string, string> Decode(string url, string body)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        var form = new StringBuilder(body);
        if (query >= 0)
        {
            form.Append('&').Append(url, query + 1, url.Length - query - 1);
        }

        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in form.ToString().Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            parameters.Add(Plain(parts[0]), Plain(parts[1]));
        }

        return parameters;
    }

    private static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
