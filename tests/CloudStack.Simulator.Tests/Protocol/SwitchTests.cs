using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>Settings that change how the server answers: throttling, GET refused, encoded answers, API keys closed.</summary>
public sealed class SwitchTests
{
    private readonly SteppedClock _clock = new();

    [Fact]
    [Trait("Protocol", "5.4")]
    public async Task Throttles_accounts_but_not_root_and_says_how_long_to_wait()
    {
        using var cloud = Limited(3);
        var user = User(cloud);

        int[] allowed = [await StatusAsync(user), await StatusAsync(user), await StatusAsync(user)];
        Assert.All(allowed, status => Assert.Equal(200, status));
        _clock.Step(TimeSpan.FromMilliseconds(400));
        var refused = await user.CallAsync("listZones");
        Assert.Equal((429, 9999), (refused.Status, refused.Content.GetProperty("cserrorcode").GetInt32()));
        Assert.Equal("The given user has reached his/her account api limit, please retry after [600] ms.", refused.ErrorText);

        Assert.Equal(200, await StatusAsync(SignedCaller.Root(cloud)));
        Assert.Equal(200, await StatusAsync(user.As(cloud.Credentials.OtherUser)));
        _clock.Step(TimeSpan.FromMilliseconds(600));
        Assert.Equal(200, await StatusAsync(user));
    }

    [Fact]
    [Trait("Protocol", "5.4")]
    public async Task Counts_a_call_before_its_signature_is_looked_at()
    {
        using var cloud = Limited(1);
        var user = User(cloud);

        Assert.Equal(401, (await user.As(cloud.Credentials.User with { SecretKey = "wrong" }).CallAsync("listZones")).Status);
        Assert.Equal(429, await StatusAsync(user));
    }

    [Fact]
    [Trait("Protocol", "5.4")]
    public async Task Tells_of_the_limit_and_what_is_left_of_it()
    {
        using var cloud = Limited(5);
        var user = User(cloud);
        await StatusAsync(user);

        var limit = (await user.CallAsync("getApiLimit")).Item;
        var capability = (await user.CallAsync("listCapabilities")).Item;

        Assert.Equal((2, 3, 1000), (limit.GetProperty("apiIssued").GetInt32(), limit.GetProperty("apiAllowed").GetInt32(), limit.GetProperty("expireAfter").GetInt32()));
        Assert.Equal((1, 5), (capability.GetProperty("apilimitinterval").GetInt32(), capability.GetProperty("apilimitmax").GetInt32()));
    }

    [Fact]
    [Trait("Protocol", "5.4")]
    public async Task Refuses_a_full_list_of_commands_where_calls_are_limited_and_grants_it_to_root()
    {
        using var cloud = Limited(25);

        Assert.Equal(531, (await User(cloud).CallAsync("listApis")).Status);
        Assert.Equal(200, (await User(cloud).CallAsync("listApis", ("name", "listZones"))).Status);
        Assert.Equal(200, (await SignedCaller.Root(cloud).CallAsync("listApis")).Status);
    }

    [Fact]
    public async Task Takes_a_configuration_by_get_only_where_it_opens_the_door_again()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { EnforcePost = true });
        var root = SignedCaller.Root(cloud);

        var other = await root.CallAsync("updateConfiguration", ("name", "expunge.delay"), ("value", "1"));
        var same = await root.CallAsync("updateConfiguration", ("name", "enforce.post.requests.and.timestamps"), ("value", "false"));

        Assert.Equal((400, "Changes for configuration expunge.delay needs to be sent using POST request"), (other.Status, other.ErrorText));
        Assert.Equal(200, same.Status);
    }

    [Fact]
    [Trait("Protocol", "4.3")]
    public async Task Encodes_every_text_where_that_is_switched_on()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { EncodeAnswers = true });
        var root = SignedCaller.Root(cloud);

        var offering = (await root.CallAsync("listServiceOfferings", ("name", "Small"))).Items[0];
        var refused = await root.CallAsync("deleteDomain", ("id", "nonsense"));

        Assert.Equal("1%20vCPU%2C%201%20GB", offering.GetProperty("displaytext").GetString());
        Assert.Equal(1, offering.GetProperty("cpunumber").GetInt32());
        Assert.Contains("%20", refused.ErrorText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disabled", "", 401)]
    [InlineData("", "disabled", 401)]
    [InlineData("enabled", "disabled", 200)]
    [InlineData("inherit", "", 200)]
    public async Task Closes_api_keys_by_the_users_setting_then_the_accounts(string ofUser, string ofAccount, int status)
    {
        using var cloud = new SimulatedCloud();
        var root = SignedCaller.Root(cloud);
        await SetAsync("updateUser", "listUsers", ("username", "dev"), ofUser);
        await SetAsync("updateAccount", "listAccounts", ("name", "web-team"), ofAccount);

        Assert.Equal(status, await StatusAsync(User(cloud)));

        async Task SetAsync(string update, string list, (string, string) filter, string value)
        {
            if (value.Length > 0)
            {
                var id = (await root.CallAsync(list, ("listall", "true"), filter)).Items.Single().GetProperty("id").GetString()!;
                await root.DoAsync(update, ("id", id), ("apikeyaccess", value));
            }
        }
    }

    [Fact]
    public async Task Closes_api_keys_for_the_whole_cloud_but_not_for_who_has_leave()
    {
        using var cloud = new SimulatedCloud();
        var root = SignedCaller.Root(cloud);
        var admin = (await root.CallAsync("listUsers", ("listall", "true"), ("username", "admin"))).Items.Single().GetProperty("id").GetString()!;
        await root.DoAsync("updateUser", ("id", admin), ("apikeyaccess", "enabled"));
        await root.DoAsync("updateConfiguration", ("name", "api.key.access"), ("value", "false"));

        Assert.Equal((200, 401), (await StatusAsync(root), await StatusAsync(User(cloud))));
    }

    [Fact]
    public async Task Answers_nobody_without_a_key_or_session()
    {
        using var cloud = new SimulatedCloud();

        var reply = new Reply(await cloud.HandleAsync(new SimulatedRequest { QueryString = "command=listZones&response=json" }));
        var port = (await SignedCaller.Root(cloud).CallAsync("listConfigurations", ("name", "integration.api.port"))).Items.Single();

        Assert.Equal((401, "0"), (reply.Status, port.GetProperty("value").GetString()));
    }

    private SimulatedCloud Limited(int calls) =>
        new(new SimulatorOptions { Clock = _clock, ApiLimit = new ApiLimit(calls, TimeSpan.FromSeconds(1)) });

    private static SignedCaller User(SimulatedCloud cloud) => new(cloud, cloud.Credentials.User);

    private static async Task<int> StatusAsync(SignedCaller caller) => (await caller.CallAsync("listZones")).Status;
}
