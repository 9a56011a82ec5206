using System.Text;
using System.Text.Json;

namespace CloudStack.Simulator.Tests.Support;

/// <summary>An answer with its parts at hand.</summary>
internal sealed class Reply
{
    private readonly SimulatedResponse _response;

    public Reply(SimulatedResponse response)
    {
        _response = response;
        Body = Encoding.UTF8.GetString(response.Body.Span);
        Root = Body.StartsWith('{') ? JsonDocument.Parse(response.Body).RootElement : default;
    }

    public int Status => _response.Status;

    public string Body { get; }

    public JsonElement Root { get; }

    /// <summary>The name of the root object's only member.</summary>
    public string EnvelopeName => Root.EnumerateObject().Single().Name;

    /// <summary>What stands in the envelope.</summary>
    public JsonElement Content => Root.EnumerateObject().Single().Value;

    public string ErrorText => Content.GetProperty("errortext").GetString()!;

    public string? Header(string name) => _response.Headers.FirstOrDefault(h => h.Key == name).Value;

    public IReadOnlyList<string> Headers(string name) => [.. _response.Headers.Where(h => h.Key == name).Select(h => h.Value)];

    /// <summary>The objects of a list answer.</summary>
    public IReadOnlyList<JsonElement> Items =>
        [.. Content.EnumerateObject().FirstOrDefault(m => m.Value.ValueKind == JsonValueKind.Array) is { Value.ValueKind: JsonValueKind.Array } list
            ? list.Value.EnumerateArray() : []];

    /// <summary>The object of an answer that holds one.</summary>
    public JsonElement Item => Content.EnumerateObject().Single().Value;

    public long Count => Content.TryGetProperty("count", out var count) ? count.GetInt64() : 0;

    public IReadOnlyList<string> Names => [.. Items.Select(item => item.GetProperty("name").GetString()!)];
}
