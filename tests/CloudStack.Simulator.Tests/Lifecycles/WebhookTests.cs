using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class WebhookTests : Scene
{
    [Fact]
    public async Task Tells_of_the_owners_events_with_a_signature()
    {
        using var listener = Listen(out var url);
        await User.DoAsync("createWebhook", ("name", "ci"), ("payloadurl", url), ("secretkey", "shared"));
        var heard = HearAsync(listener);
        await Root.DoAsync("createDomain", ("name", "NotTheirs"));
        await User.DoAsync("createTags", ("resourceids", await MachineAsync("web-02")), ("resourcetype", "UserVm"), ("tags[0].key", "a"), ("tags[0].value", "b"));

        var (type, body, signature) = await heard.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("CREATE_TAGS", type);
        Assert.Contains("\"event\":\"CREATE_TAGS\"", body, StringComparison.Ordinal);
        Assert.Equal(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes("shared"), Encoding.UTF8.GetBytes(body))), signature);
    }

    [Fact]
    public async Task Delivers_again_when_asked_and_says_how_it_came_out()
    {
        using var listener = Listen(out var url);
        var webhook = Id((await User.DoAsync("createWebhook", ("name", "ci"), ("payloadurl", url), ("state", "Disabled"))).Item);
        var heard = HearAsync(listener);

        var delivery = (await User.DoAsync("executeWebhookDelivery", ("webhookid", webhook), ("payload", "hello"))).Item;

        Assert.Equal("hello", (await heard.WaitAsync(TimeSpan.FromSeconds(20))).Body);
        Assert.Equal(("true", "thanks"), (Text(delivery, "success")!.ToLowerInvariant(), Text(delivery, "response")));
        var listed = (await User.CallAsync("listWebhookDeliveries", ("webhookid", webhook))).Items.Single();
        Assert.Equal(("hello", "thanks"), (Text(listed, "payload"), Text(listed, "response")));
        await User.DoAsync("deleteWebhookDelivery", ("id", Id(listed)));
        Assert.Empty((await User.CallAsync("listWebhookDeliveries", ("webhookid", webhook))).Items);
    }

    [Fact]
    public async Task Sends_nothing_beyond_this_machine()
    {
        var webhook = Id((await User.DoAsync("createWebhook", ("name", "far"), ("payloadurl", "http://203.0.113.9/hook"))).Item);

        var delivery = (await User.DoAsync("executeWebhookDelivery", ("webhookid", webhook))).Item;

        Assert.False(delivery.GetProperty("success").GetBoolean());
        Assert.Contains("isn't this machine", Text(delivery, "response"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_foreign_scopes_bad_addresses_and_doubles()
    {
        (string, string)[] good = [("name", "h"), ("payloadurl", "http://127.0.0.1:9/")];
        await User.RefuseAsync(431, "createWebhook", [.. good, ("scope", "Global")]);
        await User.RefuseAsync(431, "createWebhook", [.. good, ("scope", "Domain")]);
        await User.RefuseAsync(431, "createWebhook", [.. good, ("sslverification", "true")]);
        await User.RefuseAsync(431, "createWebhook", ("name", "h"), ("payloadurl", "file:///etc/passwd"));
        var webhook = Id((await User.DoAsync("createWebhook", [.. good, ("state", "disabled")])).Item);
        await User.RefuseAsync(431, "createWebhook", good);
        await User.RefuseAsync(431, "deleteWebhookDelivery");
        await User.RefuseAsync(431, "executeWebhookDelivery");
        await Root.As(TheCloud.Credentials.OtherUser).RefuseAsync(531, "updateWebhook", ("id", webhook), ("name", "mine"));
        await User.DoAsync("updateWebhook", ("id", webhook), ("state", "Enabled"));
        Assert.Equal("Enabled", Text(await LookAsync("listWebhooks", webhook), "state"));
        await User.DoAsync("deleteWebhook", ("id", webhook));
        Assert.False(await ExistsAsync("listWebhooks", webhook));
    }

    [Fact]
    public async Task Keeps_the_latest_deliveries_of_each_webhook()
    {
        var webhook = Id((await Root.DoAsync("createWebhook", ("name", "all"), ("payloadurl", "http://203.0.113.9/"), ("scope", "Global"))).Item);
        for (var i = 0; i < 15; i++)
        {
            await User.DoAsync("createSSHKeyPair", ("name", $"k{i}"));
        }

        Assert.Equal(10, (await Root.CallAsync("listWebhookDeliveries", ("webhookid", webhook))).Count);
    }

    private static HttpListener Listen(out string url)
    {
        var listener = new HttpListener();
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/hook/";
        }

        listener.Prefixes.Add(url);
        listener.Start();
        return listener;
    }

    private static async Task<(string? Type, string Body, string? Signature)> HearAsync(HttpListener listener)
    {
        while (true)
        {
            var context = await listener.GetContextAsync();
            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            await context.Response.OutputStream.WriteAsync("thanks"u8.ToArray());
            context.Response.Close();
            // The webhook hears of its own making too.
            if (context.Request.Headers["X-CS-Event"] is { } type && type != "WEBHOOK.CREATE")
            {
                return (type, body, context.Request.Headers["X-CS-Signature"]);
            }
        }
    }
}
