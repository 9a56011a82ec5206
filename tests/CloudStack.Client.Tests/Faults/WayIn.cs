using CloudStack.Simulator;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Client.Tests.Faults;

/// <summary>As whom and how the client connects; always a root administrator.</summary>
internal enum WayIn
{
    Key,
    Session,
    SecondFactor,
}

/// <summary>Connections for each way in.</summary>
internal static class WaysIn
{
    /// <summary>The password of those who have one; nobody may get to see it.</summary>
    public const string Password = "cAnArY1 p&ss/w+rd";

    public static async Task<CloudStackConnection> ConnectAsync(SimulatedCloud cloud, WayIn way, string url)
    {
        if (way == WayIn.Key)
        {
            var admin = cloud.Credentials.RootAdmin;
            return new CloudStackConnection(url, new ApiKeyCredentials(admin.ApiKey, admin.SecretKey));
        }

        var user = way == WayIn.SecondFactor ? cloud.Credentials.SecondFactorAdmin : cloud.Credentials.RootAdmin;
        var root = SignedCaller.Root(cloud);
        var id = (await root.CallAsync("listUsers", ("listall", "true"), ("username", user.UserName))).Items.Single().GetProperty("id").GetString()!;
        await root.DoAsync("updateUser", ("id", id), ("password", Password));
        return new CloudStackConnection(url, new SessionCredentials(user.UserName, Password, user.Domain)
        {
            AskSecondFactor = (_, _) => ValueTask.FromResult<string?>(cloud.CodeFor(user)),
        });
    }
}
