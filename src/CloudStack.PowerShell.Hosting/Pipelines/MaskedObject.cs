using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using Cloud.Core.Security;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>
/// Takes the secrets out of an object before a pipeline sees it: there are too many ways to show, compare or group by a
/// value to watch each.
/// </summary>
/// <param name="provider">Knows the objects' classes.</param>
internal sealed class MaskedObject(ICloudProvider provider)
{
    private const int Deepest = 16;

    // A list repeats a few names very often, and cmdlets of one pipeline may work at the same time.
    private readonly ConcurrentDictionary<(ResultSpec? Type, string Name), (bool IsSecret, ResultSpec? Of)> _members = new();

    /// <summary>Masks an object.</summary>
    /// <param name="result">The object.</param>
    /// <param name="resultClass">Its class.</param>
    /// <returns>The same object where it holds no secret.</returns>
    public CloudObject Of(CloudObject result, string resultClass)
    {
        var type = provider.Catalog.FindResult(resultClass);
        var json = result.GetJson();
        if (!HoldsSecret(json, type, 0))
        {
            return result;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var w = new Utf8JsonWriter(buffer))
        {
            Write(w, json, type, 0);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return provider.CreateModel(resultClass, JsonElement.ParseValue(ref reader));
    }

    private bool HoldsSecret(JsonElement value, ResultSpec? type, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object => depth >= Deepest
            || value.EnumerateObject().Any(member => IsSecret(member, type) || HoldsSecret(member.Value, Of(member, type), depth + 1)),
        JsonValueKind.Array => depth >= Deepest || value.EnumerateArray().Any(item => HoldsSecret(item, type, depth + 1)),
        _ => false,
    };

    private void Write(Utf8JsonWriter w, JsonElement value, ResultSpec? type, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth >= Deepest:
                w.WriteStringValue(Redaction.Mask);
                break;
            case JsonValueKind.Object:
                w.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    w.WritePropertyName(member.Name);
                    if (IsSecret(member, type))
                    {
                        w.WriteStringValue(Redaction.Mask);
                    }
                    else
                    {
                        Write(w, member.Value, Of(member, type), depth + 1);
                    }
                }

                w.WriteEndObject();
                break;
            case JsonValueKind.Array:
                w.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(w, item, type, depth + 1);
                }

                w.WriteEndArray();
                break;
            default:
                value.WriteTo(w);
                break;
        }
    }

    private bool IsSecret(JsonProperty member, ResultSpec? type) =>
        member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array && About(member, type).IsSecret;

    private ResultSpec? Of(JsonProperty member, ResultSpec? type) => About(member, type).Of;

    private (bool IsSecret, ResultSpec? Of) About(JsonProperty member, ResultSpec? type) => _members.GetOrAdd((type, member.Name), static (key, catalog) =>
    {
        var field = key.Type?.Fields.FirstOrDefault(field => string.Equals(field.Name, key.Name, StringComparison.OrdinalIgnoreCase));
        return (field is { Sensitive: true } || Redaction.IsSecretName(key.Name), field?.Of is { } of ? catalog.FindResult(of) : null);
    }, provider.Catalog);
}
