namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class NoticeTests : Scene
{
    [Fact]
    public async Task Alerts_come_newest_first_and_go_when_archived_or_deleted()
    {
        await AlertAsync("1", "first");
        await AlertAsync("7", "second");

        var alerts = (await Root.CallAsync("listAlerts")).Items;
        Assert.Equal(["second", "first"], alerts.Select(alert => Text(alert, "name")));
        await Root.DoAsync("archiveAlerts", ("ids", Id(alerts[0])));
        Assert.Equal("first", Text((await Root.CallAsync("listAlerts")).Items.Single(), "name"));
        await Root.DoAsync("deleteAlerts", ("type", "1"));
        Assert.Empty((await Root.CallAsync("listAlerts")).Items);
    }

    [Fact]
    public async Task Alerts_are_refused_without_a_choice_or_with_an_unknown_one()
    {
        await Root.RefuseAsync(431, "deleteAlerts");
        await Root.RefuseAsync(431, "archiveAlerts", ("ids", Guid.NewGuid().ToString()));
        await Root.RefuseAsync(431, "generateAlert", ("type", "999"), ("name", "n"), ("description", "d"));
        Assert.Contains((await Root.CallAsync("listAlertTypes")).Items, type => Text(type, "name") == "ALERT.COMPUTE.HOST" && Text(type, "alerttypeid") == "7");
    }

    [Fact]
    public async Task What_is_for_administrators_only_is_hidden_from_others()
    {
        await LetAnnotateAsync();
        var machine = await MachineAsync("web-01");
        await AnnotateAsync(Root, machine, "seen by all", adminsOnly: false);
        var secret = Id((await AnnotateAsync(Root, machine, "between us", adminsOnly: true)).Item);

        Assert.Equal("seen by all", Text((await User.CallAsync("listAnnotations", ("entitytype", "VM"), ("entityid", machine))).Items.Single(), "annotation"));
        Assert.Equal(2, (await Root.CallAsync("listAnnotations", ("entitytype", "VM"), ("entityid", machine))).Items.Count);
        await User.RefuseAsync(431, "removeAnnotation", ("id", secret));
        await User.RefuseAsync(531, "addAnnotation", ("entitytype", "VM"), ("entityid", machine), ("annotation", "x"), ("adminsonly", "true"));
    }

    [Fact]
    public async Task An_annotation_belongs_to_its_writer_and_goes_with_what_it_is_on()
    {
        await LetAnnotateAsync();
        var machine = await MachineAsync("web-01");
        var foreign = Id((await AnnotateAsync(Root, machine, "root's", adminsOnly: false)).Item);
        var own = Id((await AnnotateAsync(User, machine, "mine", adminsOnly: false)).Item);

        await User.RefuseAsync(531, "removeAnnotation", ("id", foreign));
        Assert.Equal(own, Id((await User.CallAsync("listAnnotations", ("annotationfilter", "self"))).Items.Single()));
        await User.DoAsync("removeAnnotation", ("id", own));
        await Root.RefuseAsync(431, "addAnnotation", ("entitytype", "HOST"), ("entityid", machine), ("annotation", "no host"));
        await Root.FinishAsync("destroyVirtualMachine", ("id", machine), ("expunge", "true"));
        Assert.Empty((await Root.CallAsync("listAnnotations")).Items);
    }

    [Fact]
    public async Task A_disabled_role_may_call_nothing_and_an_imported_one_has_its_rules()
    {
        var role = Id((await Root.DoAsync(
            "importRole", ("name", "Watcher"), ("type", "User"), ("rules[0].rule", "list*"), ("rules[0].permission", "allow"), ("rules[1].rule", "*"), ("rules[1].permission", "deny"))).Item);
        await Root.DoAsync("updateAccount", ("id", await Root.IdOfAsync("listAccounts", "web-team")), ("roleid", role));

        Assert.Equal(200, (await User.CallAsync("listZones")).Status);
        await User.RefuseAsync(432, "createSSHKeyPair", ("name", "k"));
        await Root.DoAsync("disableRole", ("id", role));
        await User.RefuseAsync(432, "listZones");
        await Root.DoAsync("enableRole", ("id", role));
        Assert.Equal(200, (await User.CallAsync("listZones")).Status);
        await Root.RefuseAsync(431, "importRole", ("name", "Watcher"), ("type", "User"), ("rules[0].rule", "*"), ("rules[0].permission", "allow"));
        await Root.RefuseAsync(531, "disableRole", ("id", await Root.IdOfAsync("listRoles", "User")));
    }

    // Annotations are for root administrators unless a role's rules say otherwise.
    private async Task LetAnnotateAsync()
    {
        var role = Id((await Root.DoAsync("importRole", ("name", "Writer"), ("type", "User"), ("rules[0].rule", "*Annotation*"), ("rules[0].permission", "allow"))).Item);
        await Root.DoAsync("updateAccount", ("id", await Root.IdOfAsync("listAccounts", "web-team")), ("roleid", role));
    }

    private Task<System.Text.Json.JsonElement> AlertAsync(string type, string name) =>
        Root.FinishAsync("generateAlert", ("type", type), ("name", name), ("description", $"{name} happened"));

    private static Task<Support.Reply> AnnotateAsync(Support.SignedCaller caller, string machine, string text, bool adminsOnly) => caller.DoAsync(
        "addAnnotation", ("entitytype", "VM"), ("entityid", machine), ("annotation", text), ("adminsonly", adminsOnly ? "true" : "false"));
}
