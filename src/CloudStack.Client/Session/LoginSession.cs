namespace CloudStack.Client.Session;

/// <summary>A live session: its key as a parameter and its cookies, which the server wants both (protocol note, section 3.2).</summary>
/// <param name="Key">The session's key, a secret.</param>
/// <param name="Cookies">The <c>Cookie</c> header, secret too.</param>
internal sealed record LoginSession(string Key, string Cookies)
{
    private const int MaxCookies = 20;

    /// <summary>Every secret text it holds, to keep it out of messages.</summary>
    public IEnumerable<string> Secrets =>
        Cookies.Split("; ").Select(cookie => cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]).Append(Key);

    /// <summary>Names neither key nor cookies.</summary>
    public override string ToString() => "session";

    /// <summary>Makes the <c>Cookie</c> header from what the server set; a balancer's cookie binds the session to its server.</summary>
    public static string CookieHeader(IEnumerable<string> setCookies)
    {
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in setCookies)
        {
            var pair = header.Split(';', 2)[0].Trim();
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || cookies.Count == MaxCookies)
            {
                continue;
            }

            var (name, value) = (pair[..equals].Trim(), pair[(equals + 1)..].Trim());
            if (value.Length == 0)
            {
                cookies.Remove(name);
            }
            else
            {
                cookies[name] = value;
            }
        }

        return string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
    }
}
