using System.Collections;
using System.Text.Json;
using Cloud.Core.Catalog;
using CloudStack.Client;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;

namespace CloudStack.PowerShell.Tests;

/// <summary>What of the bound parameters is sent.</summary>
public sealed class BoundArgumentsTests
{
    private static readonly CommandSpec Deploy = CloudStackCatalog.Load().FindCommand("deployVirtualMachine")!;

    [Fact]
    public void Parameters_that_are_not_the_commands_own_are_left_out()
    {
        var arguments = Collect(("Name", "web-01"), ("Verbose", true), ("Force", true), ("Connection", "prod"));

        Assert.Equal(["Name"], arguments.Keys);
    }

    [Fact]
    public void An_identity_becomes_its_text_also_inside_a_list()
    {
        var arguments = Collect(
            ("ZoneId", new Identity<Zone>("fra1")),
            ("NetworkIds", new[] { new Identity<Network>("a"), new Identity<Network>(Guid.Empty) }));

        Assert.Equal("fra1", arguments["ZoneId"]);
        Assert.Equal(["a", "00000000-0000-0000-0000-000000000000"], Assert.IsType<object?[]>(arguments["NetworkIds"]));
    }

    [Fact]
    public void False_and_zero_are_values_and_are_sent()
    {
        var arguments = Collect(("StartVm", false), ("Size", 0L));

        Assert.Equal(false, arguments["StartVm"]);
        Assert.Equal(0L, arguments["Size"]);
    }

    [Fact]
    public void An_empty_text_counts_only_where_somebody_typed_it()
    {
        KeyValuePair<string, object>[] bound = [new("Name", ""), new("ZoneId", new Identity<Zone>((string?)null))];

        var arguments = new BoundArguments(value => value).Collect(Deploy, bound, new HashSet<string> { "Name" });

        Assert.Equal("", arguments["Name"]);
        Assert.DoesNotContain("ZoneId", arguments.Keys);
    }

    [Fact]
    public void The_engines_wrappers_come_off_everywhere()
    {
        var map = new Hashtable { ["cpuNumber"] = new Wrapped(2), ["nested"] = new object[] { new Wrapped("x") } };

        var arguments = new BoundArguments(value => value is Wrapped wrapped ? wrapped.Value : value)
            .Collect(Deploy, [new("Details", map), new("Name", new Wrapped("web-01"))], new HashSet<string>());

        var plain = Assert.IsType<Hashtable>(arguments["Details"]);
        Assert.Equal(2, plain["cpuNumber"]);
        Assert.Equal(["x"], Assert.IsType<object?[]>(plain["nested"]));
        Assert.Equal("web-01", arguments["Name"]);
    }

    [Fact]
    public void An_object_stands_for_its_id()
    {
        var zone = new Zone(JsonDocument.Parse("""{"id":"0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11","name":"fra1"}""").RootElement);

        Assert.Equal("0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11", new Identity<Zone>(zone).Text);
    }

    [Fact]
    public void An_account_stands_for_its_name_in_its_own_domain_unless_another_is_given()
    {
        var account = new AccountReference(new Account(JsonDocument.Parse("""{"id":"a","name":"web-team","domainid":"d"}""").RootElement));

        Assert.Equal([("Account", "web-team"), ("DomainId", "d")], Sent(("Account", account)));
        Assert.Equal([("Account", "web-team"), ("DomainId", "other")], Sent(("Account", account), ("DomainId", new Identity<Domain>("other"))));
        Assert.Equal([("Account", "web-team")], Sent(("Account", new AccountReference("web-team"))));

        static IEnumerable<(string, string)> Sent(params (string, object)[] bound) =>
            Collect(bound).Select(pair => (pair.Key, (string)pair.Value!)).OrderBy(pair => pair.Key, StringComparer.Ordinal);
    }

    [Fact]
    public void An_object_without_an_id_is_refused() => Assert.Throws<ArgumentException>(
        () => new Identity<Zone>(new Zone(JsonDocument.Parse("""{"name":"fra1"}""").RootElement)));

    private static IReadOnlyDictionary<string, object?> Collect(params (string Name, object Value)[] bound) =>
        new BoundArguments(value => value).Collect(
            Deploy, bound.Select(b => KeyValuePair.Create(b.Name, b.Value)), bound.Select(b => b.Name).ToHashSet());

    private sealed record Wrapped(object Value);
}
