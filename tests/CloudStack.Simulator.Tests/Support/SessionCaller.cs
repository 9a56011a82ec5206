namespace CloudStack.Simulator.Tests.Support;

/// <summary>Calls a simulated cloud within a session.</summary>
internal sealed class SessionCaller(SimulatedCloud cloud, Reply login)
{
    /// <summary>The answer to the login.</summary>
    public Reply Login { get; } = login;

    public string Key => Login.Content.GetProperty("sessionkey").GetString()!;

    public static async Task<SessionCaller> LogInAsync(SimulatedCloud cloud, SimulatorUser user) => new(cloud, new Reply(
        await cloud.HandleAsync(SignedCaller.Form(
            $"command=login&username={user.UserName}&password={user.Password}&domain={Uri.EscapeDataString(user.Domain)}&response=json"))));

    public async Task<Reply> CallAsync(string command, params (string Name, string Value)[] arguments)
    {
        (string Name, string Value)[] all = [("command", command), ("response", "json"), ("sessionkey", Key), .. arguments];
        return new Reply(await cloud.HandleAsync(new SimulatedRequest
        {
            QueryString = string.Join('&', all.Select(a => $"{Uri.EscapeDataString(a.Name)}={Uri.EscapeDataString(a.Value)}")),
            Headers = new Dictionary<string, string> { ["Cookie"] = string.Join("; ", Login.Headers("Set-Cookie").Select(c => c.Split(';')[0])) },
        }));
    }

    public Task<Reply> GiveCodeAsync(string code) => CallAsync("validateUserTwoFactorAuthenticationCode", ("codefor2fa", code));
}
