using System.Buffers;
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

    private static bool IsSecret(JsonProperty member, ResultSpec? type) =>
        member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array
        && (Field(member, type) is { Sensitive: true } || Redaction.IsSecretName(member.Name));

    private ResultSpec? Of(JsonProperty member, ResultSpec? type) =>
        Field(member, type)?.Of is { } of ? provider.Catalog.FindResult(of) : null;

    private static FieldSpec? Field(JsonProperty member, ResultSpec? type) =>
        type?.Fields.FirstOrDefault(field => string.Equals(field.Name, member.Name, StringComparison.OrdinalIgnoreCase));
}
