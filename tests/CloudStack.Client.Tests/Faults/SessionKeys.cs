using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace CloudStack.Client.Tests.Faults;

/// <summary>The keys of all sessions that a cloud opened, read from its answers.</summary>
internal sealed partial class SessionKeys
{
    private readonly ConcurrentBag<string> _keys = [];

    public IEnumerable<string> All => _keys;

    public void Note(ReadOnlySpan<byte> answer)
    {
        if (Key().Match(Encoding.UTF8.GetString(answer)) is { Success: true } opened)
        {
            _keys.Add(opened.Groups[1].Value);
        }
    }

    [GeneratedRegex("\"sessionkey\":\"([^\"]+)\"")]
    private static partial Regex Key();
}
