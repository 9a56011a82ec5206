using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Notices;

/// <summary>
/// What webhooks were told, the latest of each. A delivery is part of the cloud's diary; how it came out is known to this
/// process only, because doing a change again mustn't depend on who listened then.
/// </summary>
internal sealed class WebhookDeliveries : ICommandFamily
{
    public const string Class = "WebhookDeliveryResponse";
    private const int KeptOfEach = 10;
    private const int LongestPayload = 1 << 16;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listWebhookDeliveries", List);
        commands.Do("deleteWebhookDelivery", Delete);
        commands.Do("executeWebhookDelivery", Execute);
    }

    public static IEnumerable<Entity> Of(CloudState state, Entity webhook) => state.Table(Class).Where(one => one.Text("webhookid") == webhook.Id);

    /// <summary>Tells every webhook that listens to an event's owner about it.</summary>
    public static void Announce(CloudState state, Entity entry)
    {
        foreach (var webhook in state.Table(Webhooks.Class).Where(webhook => Webhooks.Hears(webhook, entry.Owner)))
        {
            var delivery = New(state, webhook, entry.Id, entry.Text("type")!, WebhookMessage.PayloadOf(entry));
            state.Store.Add(delivery);
            foreach (var old in Of(state, webhook).SkipLast(KeptOfEach).ToList())
            {
                state.Store.Remove(old);
            }

            state.Deliverer.Deliver(WebhookMessage.Of(webhook, delivery), Outcome.Of(delivery));
        }
    }

    private static Entity New(CloudState state, Entity? webhook, string eventId, string eventType, string payload)
    {
        var server = state.Table("ManagementServerResponse").FirstOrDefault();
        var delivery = state.New(Class);
        delivery["eventid"] = eventId;
        delivery["eventtype"] = eventType;
        delivery["payload"] = payload;
        delivery["startdate"] = state.Clock.GetUtcNow();
        delivery["webhookid"] = webhook?.Id;
        delivery["webhookname"] = webhook?.Link("name");
        delivery["managementserverid"] = server?.Id;
        delivery["managementservername"] = server?.Name;
        delivery["success"] = false;
        delivery.Owner = webhook?.Owner;
        delivery.SetAttribute(nameof(Outcome), new Outcome());
        return delivery;
    }

    private static Answer List(CommandCall call) => Answer.List(Chosen(call).Select(Shown));

    private static IEnumerable<Entity> Chosen(CommandCall call)
    {
        if (call.Find("webhookid") is { } webhook)
        {
            call.DemandSight(webhook);
        }

        return call.State.Table(Class).Where(one =>
            call.Caller.MaySee(one)
            && (one.Text("webhookid") is not { } home || call.State.Store.Find(home) is not null)
            && (call.Text("id") is not { } id || one.Id == id)
            && (call.Text("webhookid") is not { } wanted || one.Text("webhookid") == wanted)
            && (call.Text("managementserverid") is not { } server || one.Text("managementserverid") == server)
            && (call.Text("eventtype") is not { Length: > 0 } type || one.Text("eventtype") == type)
            && !((one["startdate"] as DateTimeOffset?) < call.Date("startdate"))
            && !((one["startdate"] as DateTimeOffset?) > call.Date("enddate")));
    }

    private static Entity Shown(Entity delivery)
    {
        if (delivery.Attribute<Outcome>(nameof(Outcome))?.Result is not { } result)
        {
            return delivery;
        }

        var shown = delivery.Copy();
        shown["success"] = result.IsSuccess;
        shown["response"] = result.Response;
        shown["headers"] = result.Headers;
        shown["enddate"] = (DateTimeOffset)delivery["startdate"]! + result.Time;
        return shown;
    }

    private static Answer Delete(CommandCall call)
    {
        if (!call.Has("id") && !call.Has("webhookid") && !call.Has("managementserverid") && !call.Has("startdate") && !call.Has("enddate"))
        {
            throw ApiError.Refused("Which deliveries to delete must be said: by id, webhookid, managementserverid or dates.");
        }

        Chosen(call).ToList().ForEach(call.State.Store.Remove);
        return Answer.Done;
    }

    private static Answer Execute(CommandCall call)
    {
        var former = call.Find("id");
        var webhook = call.Find("webhookid") ?? call.State.Store.Find(former?.Text("webhookid"));
        if (webhook is null && !call.Has("payloadurl"))
        {
            throw ApiError.Refused("One of id, webhookid and payloadurl has to be given.");
        }

        var url = call.Text("payloadurl") ?? webhook!.Text("payloadurl")!;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
        {
            throw ApiError.BadValue(call.Command.Name, "payloadurl", url);
        }

        var payload = call.Text("payload") ?? former?.Text("payload") ?? "{}";
        if (payload.Length > LongestPayload)
        {
            throw ApiError.Refused($"The payload is longer than {LongestPayload} characters.");
        }

        var delivery = New(call.State, webhook, former?.Text("eventid") ?? call.State.Ids.NextId(), former?.Text("eventtype") ?? "WEBHOOK.TEST", payload);
        if (webhook is not null)
        {
            call.State.Store.Add(delivery);
        }

        var message = new WebhookMessage(
            parsed, call.Text("secretkey") ?? webhook?.Text("secretkey"), call.Flag("sslverification") ?? webhook?.Flag("sslverification") ?? true,
            delivery.Text("eventid")!, delivery.Text("eventtype")!, call.Caller.Account.Id, payload);
        // Whoever listens may ask this cloud something, so that nobody waits for it while the cloud is locked.
        call.Afterwards = () =>
        {
            call.State.Deliverer.DeliverNow(message, Outcome.Of(delivery));
            return Answer.Of(Shown(delivery));
        };
        return Answer.Of(delivery);
    }
}

/// <summary>How a delivery came out, once it's known.</summary>
internal sealed class Outcome
{
    private volatile DeliveryResult? _result;

    public DeliveryResult? Result
    {
        get => _result;
        set => _result = value;
    }

    public static Outcome Of(Entity delivery) => delivery.Attribute<Outcome>(nameof(Outcome))!;
}

/// <summary>What came of a delivery.</summary>
internal sealed record DeliveryResult(bool IsSuccess, string Response, string Headers, TimeSpan Time);
