using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>Compares what came over the wire with what the client made of it.</summary>
internal static class Fields
{
    /// <summary>Lists what a reply lacks of an envelope.</summary>
    public static IEnumerable<string> Lost(JsonElement envelope, CommandReply reply, CommandSpec spec)
    {
        if (reply.Objects is [var whole] && JsonElement.DeepEquals(whole.GetJson(), envelope))
        {
            return Unread(reply.Objects, spec.Result);
        }

        var objects = new List<JsonElement>();
        var lost = new List<string>();
        foreach (var member in envelope.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Array:
                    objects.AddRange(member.Value.EnumerateArray());
                    break;
                case JsonValueKind.Object:
                    objects.Add(member.Value);
                    break;
                case var _ when member.Value.ToString() != member.Name switch
                {
                    "count" => reply.TotalCount?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    "success" => "True",
                    "displaytext" or "details" => reply.Text,
                    "jobid" => reply.JobId,
                    "id" => reply.EntityId,
                    _ => null,
                }:
                    lost.Add($"{member.Name} = {member.Value}");
                    break;
            }
        }

        if (!objects.SequenceEqual(reply.Objects.Select(o => o.GetJson()), Same.Instance))
        {
            lost.Add($"{objects.Count} objects became {reply.Objects.Count}");
        }

        return lost.Concat(Unread(reply.Objects, spec.Result));
    }

    /// <summary>Lists fields that the catalog knows, the server sent and the model can't read.</summary>
    public static IEnumerable<string> Unread(IEnumerable<CloudObject> objects, string resultClass)
    {
        if (Sample.Catalog.FindResult(resultClass) is not { } result)
        {
            yield break;
        }

        foreach (var found in objects)
        {
            if (found.GetType().Name != result.Model)
            {
                yield return $"{found.GetType().Name} in place of {result.Model}";
            }

            foreach (var field in result.Fields.Where(field => found.GetField(field.Name) is not null))
            {
                // Where two fields share a label, the second has no property of its own.
                if (found.GetType().GetProperty(field.Label) is { } property && property.GetValue(found) is null)
                {
                    yield return $"{result.Model}.{field.Label} can't read {found.GetField(field.Name)}";
                }
            }
        }
    }

    private sealed class Same : IEqualityComparer<JsonElement>
    {
        public static readonly Same Instance = new();

        public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

        public int GetHashCode(JsonElement value) => 0;
    }
}
