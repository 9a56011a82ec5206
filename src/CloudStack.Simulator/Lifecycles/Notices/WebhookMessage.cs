using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Notices;

/// <summary>One request to a webhook's address.</summary>
internal sealed record WebhookMessage(
    Uri Address, string? Secret, bool VerifiesCertificate, string EventId, string EventType, string AccountId, string Payload)
{
    public static WebhookMessage Of(Entity webhook, Entity delivery) => new(
        new Uri(webhook.Text("payloadurl")!), webhook.Text("secretkey"), webhook.Flag("sslverification"), delivery.Text("eventid")!,
        delivery.Text("eventtype")!, webhook.Owner!.Holder.Id, delivery.Text("payload")!);

    /// <summary>The server's own headers; the signature is the payload's HMAC-SHA256 by the webhook's secret, in Base64.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            yield return new("X-CS-Event-ID", EventId);
            yield return new("X-CS-Event", EventType);
            yield return new("User-Agent", $"CS-Hookshot/{AccountId}");
            if (!string.IsNullOrWhiteSpace(Secret))
            {
                yield return new("X-CS-Signature", Sign(Payload, Secret));
            }
        }
    }

    public string ContentType => IsJson(Payload) ? "application/json" : "text/plain";

    public static string Sign(string payload, string secret) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(payload)));

    /// <summary>What an event looks like to who is told of it.</summary>
    public static string PayloadOf(Entity entry)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Envelope.Options))
        {
            writer.WriteStartObject();
            foreach (var (name, field) in (ReadOnlySpan<(string, string)>)
                [("eventDateTime", "created"), ("eventUuid", "id"), ("event", "type"), ("status", "state"), ("description", "description"),
                ("account", "account"), ("username", "username"), ("resourceType", "resourcetype"), ("resourceUuid", "resourceid"), ("resourceName", "resourcename")])
            {
                if (entry.Text(field) is { } text)
                {
                    writer.WriteString(name, text);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The event and where it goes, without the secret.</summary>
    public override string ToString() => $"{EventType} to {Address}";
}
