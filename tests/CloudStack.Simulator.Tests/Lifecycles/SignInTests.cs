namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class SignInTests : Scene
{
    private static readonly (string Name, string Value)[] Google =
    [
        ("provider", "google"), ("clientid", "client"), ("secretkey", "hidden-from-users"), ("description", "Sign in with Google"),
        ("redirecturi", "https://cloud.example/back"),
    ];

    [Fact]
    public async Task An_oauth_provider_is_registered_once_changed_and_deleted()
    {
        var id = Id((await Root.DoAsync("registerOauthProvider", Google)).Item);

        await Root.RefuseAsync(431, "registerOauthProvider", Google);
        Assert.False((await Root.DoAsync("updateOauthProvider", ("id", id), ("enabled", "false"))).Item.GetProperty("enabled").GetBoolean());
        Assert.DoesNotContain("hidden-from-users", (await User.CallAsync("listOauthProvider")).Body, StringComparison.Ordinal);
        await Root.DoAsync("deleteOauthProvider", ("id", id));
        Assert.Equal(0, (await Root.CallAsync("listOauthProvider")).Count);
    }

    [Theory]
    [InlineData("provider", "nobody")]
    [InlineData("redirecturi", "back")]
    public async Task An_oauth_provider_needs_a_known_name_and_an_address(string name, string value) =>
        await Root.RefuseAsync(431, "registerOauthProvider", [.. Google.Where(argument => argument.Name != name), (name, value)]);

    [Fact]
    public async Task A_user_is_let_in_by_saml_and_shut_out_again()
    {
        var user = ("userid", Id((await Root.CallAsync("listUsers", ("username", "dev"), ("listall", "true"))).Items[0]));
        var idp = Text((await Root.CallAsync("listIdps")).Items[0], "id")!;

        await Root.DoAsync("authorizeSamlSso", user, ("enable", "true"), ("entityid", idp));
        Assert.Equal(idp, Text((await Root.CallAsync("listSamlAuthorization", user)).Items[0], "idpid"));
        await Root.RefuseAsync(431, "authorizeSamlSso", user, ("enable", "true"), ("entityid", "https://elsewhere.example"));
        await Root.DoAsync("authorizeSamlSso", user, ("enable", "false"));
        Assert.False((await Root.CallAsync("listSamlAuthorization", user)).Items[0].GetProperty("status").GetBoolean());
    }

    [Fact]
    public async Task Swift_stores_are_image_stores_and_only_admins_tag_offerings()
    {
        await Root.DoAsync("addSwift", ("url", "https://swift.example/v1"), ("key", "hidden-from-lists"));
        var list = await Root.CallAsync("listSwifts");

        Assert.Equal(1, list.Count);
        Assert.DoesNotContain("hidden-from-lists", list.Body, StringComparison.Ordinal);
        await Root.RefuseAsync(431, "addSwift", ("url", "https://swift.example/v1"));
        await Root.RefuseAsync(431, "updateCloudToUseObjectStore", ("provider", "S3"), ("url", "https://s3.example"));
        var account = await Root.IdOfAsync("listAccounts", "web-team");
        Assert.False((await Root.CallAsync("isAccountAllowedToCreateOfferingsWithTags", ("id", account))).Item.GetProperty("isallowed").GetBoolean());
    }
}
