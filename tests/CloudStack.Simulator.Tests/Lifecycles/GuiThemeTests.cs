using System.Text.Json;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class GuiThemeTests : Scene
{
    private static readonly (string Name, string Value) Css = ("css", "a{}");

    [Fact]
    public async Task Has_one_default_theme()
    {
        var day = await NewAsync("day");

        Assert.Equal("True", Text(day, "ispublic"));
        Assert.Contains("day", await Root.RefuseAsync(530, "createGuiTheme", ("name", "night"), Css), StringComparison.Ordinal);
        var host = await NewAsync("host", ("commonnames", "*.cloud.example"));
        await Root.RefuseAsync(530, "updateGuiTheme", ("id", Id(host)), ("commonnames", ""));
        Assert.Equal(["day"], (await User.CallAsync("listGuiThemes", ("listonlydefaulttheme", "true"))).Names);
        await Root.DoAsync("removeGuiTheme", ("id", Id(day)));
        await Root.DoAsync("updateGuiTheme", ("id", Id(host)), ("commonnames", ""), ("name", "heir"));
        Assert.Equal(["heir"], (await User.CallAsync("listGuiThemes", ("listonlydefaulttheme", "true"))).Names);
    }

    [Fact]
    public async Task Finds_the_theme_of_an_account_a_domain_or_a_host_name()
    {
        var (root, engineering) = (await Root.IdOfAsync("listDomains", "ROOT"), await Root.IdOfAsync("listDomains", "Engineering"));
        var account = await Root.IdOfAsync("listAccounts", "web-team");
        Assert.Equal("False", Text(await NewAsync("everywhere", ("domainids", root), ("recursivedomains", "true")), "ispublic"));
        await NewAsync("here", ("domainids", root));
        await NewAsync("team", ("accountids", account));
        await NewAsync("hosts", ("commonnames", "*.cloud.example, www.example"));

        Assert.Equal(["everywhere"], await NamesAsync(("domainid", engineering)));
        Assert.Equal(["team"], await NamesAsync(("accountid", account)));
        Assert.Equal(["hosts"], await NamesAsync(("commonname", "eu.cloud.example")));
        Assert.Equal(["hosts"], await NamesAsync(("commonname", "www.example")));
        Assert.Empty(await NamesAsync(("commonname", "example")));
        Assert.Equal(["hosts"], await NamesAsync(("showpublic", "true")));
        Assert.Equal(["here"], await NamesAsync(("name", "here")));
    }

    [Fact]
    public async Task Still_lists_a_removed_theme_where_asked()
    {
        var day = Id(await NewAsync("day"));
        await Root.DoAsync("removeGuiTheme", ("id", day));

        Assert.Empty(await NamesAsync());
        Assert.NotNull(Text((await Root.CallAsync("listGuiThemes", ("showremoved", "true"))).Items.Single(), "removed"));
        await Root.RefuseAsync(431, "removeGuiTheme", ("id", day));
        await Root.RefuseAsync(431, "updateGuiTheme", ("id", day), ("name", "back"));
    }

    [Fact]
    public async Task Refuses_a_theme_without_a_look_for_nobody_known_or_of_broken_json()
    {
        await Root.RefuseAsync(530, "createGuiTheme", ("name", "night"));
        await Root.RefuseAsync(530, "createGuiTheme", ("name", "night"), ("jsonconfiguration", "{oops"));
        await Root.RefuseAsync(530, "createGuiTheme", ("name", "night"), ("jsonconfiguration", "[]"));
        await Root.RefuseAsync(530, "createGuiTheme", ("name", "night"), Css, ("domainids", await ZoneAsync()));
        await Root.RefuseAsync(530, "createGuiTheme", ("name", "night"), Css, ("accountids", "x"));
        Assert.Equal(432, (await User.CallAsync("createGuiTheme", ("name", "night"), Css)).Status);
    }

    private async Task<JsonElement> NewAsync(string name, params (string, string)[] audience) =>
        (await Root.DoAsync("createGuiTheme", [("name", name), Css, .. audience])).Item;

    private async Task<IReadOnlyList<string>> NamesAsync(params (string, string)[] arguments) =>
        (await User.CallAsync("listGuiThemes", arguments)).Names;
}
