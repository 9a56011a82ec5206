using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudStack.Mcp.Tests.Fuzz;

/// <summary>Makes messages that are nearly right. The same seed makes the same messages.</summary>
internal sealed class MessageFuzzer(int seed)
{
    private const string Meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private static readonly string[] Seeds =
    [
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{}},"clientInfo":{"name":"f","version":"1"}}}""",
        """{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{"cursor":"100"}}""",
        """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"cloud_read","arguments":{"command":"listVirtualMachines","arguments":{"name":"web-01"},"fields":["name"],"limit":5}}}""",
        """{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"cloud_change","arguments":{"command":"createSSHKeyPair","arguments":{"name":"k"},"confirm":"x"},"_meta":{"progressToken":7}}}""",
        """{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"cloud_search","arguments":{"query":"start a machine","limit":3}}}""",
        """{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"list_zones","arguments":{}}}""",
        """{"jsonrpc":"2.0","id":"s","method":"resources/read","params":{"uri":"cloudstack://x/y/z"}}""",
        """{"jsonrpc":"2.0","id":8,"method":"prompts/get","params":{"name":"p","arguments":{"a":"b"}}}""",
        """{"jsonrpc":"2.0","id":9,"method":"completion/complete","params":{"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":"b"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3,"reason":"r"}}""",
        """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
        """{"jsonrpc":"2.0","id":10,"result":{"action":"accept","content":{"confirm":true}}}""",
        """{"jsonrpc":"2.0","id":11,"error":{"code":-32000,"message":"m"}}""",
        """{"jsonrpc":"2.0","id":12,"method":"ping"}""",
        """{"jsonrpc":"2.0","id":13,"method":"server/discover","params":{META}}""",
        """{"jsonrpc":"2.0","id":14,"method":"tools/call","params":{"name":"cloud_read","arguments":{"command":"listZones"},"requestState":"x","inputResponses":{"confirmation":{"action":"accept"}},META}}""",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e400", "9223372036854775808", "[]", "{}", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "[[[[[[[[]]]]]]]]",
        "\"2026-07-28\"", "\"cloud_change\"", "{\"a\":{\"a\":{\"a\":{}}}}", "[null,null]", "\"../../etc/passwd\"", "0.1",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Makes the next message, without a line end in it.</summary>
    public byte[] Next()
    {
        var text = Seeds[_random.Next(Seeds.Length)].Replace("META", Meta, StringComparison.Ordinal);
        for (var i = _random.Next(1, 4); i > 0 && Change(text) is { } changed; i--)
        {
            text = changed;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        for (var i = _random.Next(10) == 0 ? _random.Next(1, 5) : 0; i > 0 && bytes.Length > 0; i--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        return [.. bytes.Where(b => b is not (byte)'\n')];
    }

    private string? Change(string text)
    {
        switch (_random.Next(10))
        {
            case 0:
                return text[.._random.Next(text.Length)];
            case 1:
                return text + text;
            case 2:
                return text.Insert(_random.Next(text.Length), new string("[{\"\\"[_random.Next(4)], _random.Next(1, 200)));
            case 3:
                return text.Replace("\"jsonrpc\":\"2.0\",", "", StringComparison.Ordinal);
            default:
                return ChangeNode(text);
        }
    }

    // Puts another value in place of one, or takes it away, anywhere in the tree.
    private string? ChangeNode(string text)
    {
        try
        {
            return ChangeTree(JsonNode.Parse(text));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // It was broken before; so be it.
            return null;
        }
    }

    private string? ChangeTree(JsonNode? root)
    {
        var objects = Objects(root).Where(o => o.Count > 0).ToList();
        if (objects.Count == 0)
        {
            return null;
        }

        var chosen = objects[_random.Next(objects.Count)];
        var key = chosen.ElementAt(_random.Next(chosen.Count)).Key;
        if (_random.Next(5) == 0)
        {
            chosen.Remove(key);
            return root!.ToJsonString();
        }

        chosen[key] = "\u0001";
        return root!.ToJsonString().Replace("\"\\u0001\"", Values[_random.Next(Values.Length)], StringComparison.Ordinal);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject found => [found, .. found.SelectMany(child => Objects(child.Value))],
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };
}
