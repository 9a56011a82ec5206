using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace CloudStack.Simulator.Tests.Support;

/// <summary>Calls a simulated cloud with signed requests. Its signing is its own: neither the simulator's nor the client's.</summary>
internal sealed class SignedCaller(SimulatedCloud cloud, SimulatorUser user)
{
    /// <summary>Where its GET requests come from.</summary>
    public IPAddress From { get; init; } = IPAddress.Loopback;

    public static SignedCaller Root(SimulatedCloud cloud) => new(cloud, cloud.Credentials.RootAdmin);

    public SignedCaller As(SimulatorUser other) => new(cloud, other);

    /// <summary>Sends a command by GET.</summary>
    public async Task<Reply> CallAsync(string command, params (string Name, string Value)[] arguments) =>
        new(await cloud.HandleAsync(new SimulatedRequest { QueryString = Sign(command, arguments), ClientAddress = From }));

    /// <summary>Sends a command by POST.</summary>
    public async Task<Reply> PostAsync(string command, params (string Name, string Value)[] arguments) =>
        new(await cloud.HandleAsync(Form(Sign(command, arguments))));

    /// <summary>Sends a command that must succeed and gives what stands in its envelope.</summary>
    public async Task<Reply> DoAsync(string command, params (string Name, string Value)[] arguments)
    {
        var reply = await PostAsync(command, arguments);
        Assert.True(reply.Status == 200, $"{command}: {reply.Body}");
        return reply;
    }

    /// <summary>Sends an asynchronous command and gives its finished job, whatever came of it.</summary>
    public async Task<Reply> JobAsync(string command, params (string Name, string Value)[] arguments)
    {
        var ticket = await DoAsync(command, arguments);
        return await CallAsync("queryAsyncJobResult", ("jobid", ticket.Content.GetProperty("jobid").GetString()!));
    }

    /// <summary>Sends an asynchronous command whose job must succeed, and gives the job's object.</summary>
    public async Task<System.Text.Json.JsonElement> FinishAsync(string command, params (string Name, string Value)[] arguments)
    {
        var job = await JobAsync(command, arguments);
        Assert.True(job.Content.GetProperty("jobstatus").GetInt32() == 1, $"{command}: {job.Body}");
        var result = job.Content.GetProperty("jobresult");
        return result.TryGetProperty("success", out _) ? result : result.EnumerateObject().Single().Value;
    }

    /// <summary>Sends an asynchronous command whose job must fail, and gives the error text.</summary>
    public async Task<string> FailAsync(int code, string command, params (string Name, string Value)[] arguments)
    {
        var job = await JobAsync(command, arguments);
        Assert.True(job.Content.GetProperty("jobstatus").GetInt32() == 2, $"{command}: {job.Body}");
        Assert.Equal(code, job.Content.GetProperty("jobresultcode").GetInt32());
        return job.Content.GetProperty("jobresult").GetProperty("errortext").GetString()!;
    }

    /// <summary>Sends a command that must be refused at once, and gives the error text; nothing may have changed.</summary>
    public async Task<string> RefuseAsync(int code, string command, params (string Name, string Value)[] arguments)
    {
        var before = cloud.StateVersion;
        var reply = await PostAsync(command, arguments);
        Assert.True(reply.Status == code, $"{command}: {reply.Body}");
        Assert.Equal(before, cloud.StateVersion);
        return reply.ErrorText;
    }

    /// <summary>The identifier of the object of a name in a list.</summary>
    public async Task<string> IdOfAsync(string list, string name, params (string Name, string Value)[] arguments)
    {
        var reply = await CallAsync(list, [.. arguments, ("listall", "true")]);
        return reply.Items.Single(item => item.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;
    }

    public static SimulatedRequest Form(string body) => new()
    {
        Method = "POST",
        Headers = new Dictionary<string, string> { ["content-type"] = "application/x-www-form-urlencoded" },
        Body = Encoding.UTF8.GetBytes(body),
    };

    /// <summary>A signed query string or form.</summary>
    public string Sign(string command, params (string Name, string Value)[] arguments) =>
        Sign([("command", command), ("response", "json"), ("apikey", user.ApiKey), .. Expiry(), .. arguments], user.SecretKey);

    // A strict cloud takes no signature without an end.
    private (string Name, string Value)[] Expiry() => cloud.Options.EnforcePost
        ? [("signatureversion", "3"), ("expires", cloud.Options.Clock.GetUtcNow().AddMinutes(5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))]
        : [];

#pragma warning disable CA5350 // The protocol knows only HMAC-SHA1.
    public static string Sign((string Name, string Value)[] parameters, string secretKey)
    {
        var sorted = parameters.OrderBy(p => p.Name, StringComparer.Ordinal);
        var text = string.Join('&', sorted.Select(p => p.Name + "=" + Encode(p.Value))).ToLowerInvariant();
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secretKey), Encoding.UTF8.GetBytes(text)));
        return string.Join('&', parameters.Append(("signature", signature)).Select(p => Uri.EscapeDataString(p.Item1) + "=" + Uri.EscapeDataString(p.Item2)));
    }

#pragma warning restore CA5350

    private static string Encode(string value) =>
        Uri.EscapeDataString(value).Replace("%2A", "*", StringComparison.Ordinal).Replace("~", "%7E", StringComparison.Ordinal);
}
