using Cloud.Core.Audit;
using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using Cloud.Core.Operations;
using CloudStack.Client;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Tests;

/// <summary>Which cloud a cmdlet talks to.</summary>
public sealed class ConnectionTableTests
{
    private readonly ConnectionTable _table = new();

    [Fact]
    public void Without_a_connection_the_error_says_how_to_make_one()
    {
        var error = Assert.Throws<CloudException>(() => _table.Select(null));

        Assert.Equal(ErrorCause.NotConnected, error.Cause);
        Assert.Contains("Connect-CsCloud", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void The_one_made_last_is_the_default()
    {
        _table.Add(Connection("a"));
        _table.Add(Connection("b"));

        Assert.Equal(["b"], _table.Select(null).Select(c => c.Name));
        Assert.Equal([false, true], _table.All.Select(c => c.IsDefault));
    }

    [Fact]
    public void Letting_go_of_the_default_makes_the_one_before_it_the_default()
    {
        _table.Add(Connection("a"));
        _table.Add(Connection("b"));

        _table.Remove(_table.Select(null)[0]);

        Assert.Equal(["a"], _table.Select(null).Select(c => c.Name));
        Assert.True(_table.All[0].IsDefault);
    }

    [Fact]
    public void A_new_connection_takes_the_place_of_one_of_the_same_name()
    {
        var first = Connection("prod", out var released);
        _table.Add(first);
        _table.Add(Connection("PROD"));

        Assert.Single(_table.All);
        Assert.True(released.IsDisposed);
    }

    [Fact]
    public void Several_are_found_by_name_in_any_case_and_in_the_order_asked()
    {
        _table.Add(Connection("a"));
        _table.Add(Connection("b"));

        Assert.Equal(["b", "a"], _table.Select([new("B"), new("a")]).Select(c => c.Name));
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones()
    {
        _table.Add(Connection("prod"));

        var error = Assert.Throws<CloudException>(() => _table.Select([new("test")]));

        Assert.Equal(ErrorCause.NotConnected, error.Cause);
        Assert.Contains("prod", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_of_another_session_works_as_an_object()
    {
        var other = Connection("elsewhere");

        Assert.Same(other, _table.Select([new(other)])[0]);
    }

    [Fact]
    public void A_closed_connection_is_none()
    {
        var closed = Connection("gone");
        closed.Dispose();

        Assert.Equal(ErrorCause.NotConnected, Assert.Throws<CloudException>(() => _table.Select([new(closed)])).Cause);
    }

    [Fact]
    public void A_closed_connections_error_says_that_it_was_closed()
    {
        var closed = Connection("gone");
        _table.Add(closed);
        _table.Remove(closed);

        var error = Assert.Throws<CloudException>(() => _table.Select([new(closed)]));

        Assert.Equal(ErrorCause.NotConnected, error.Cause);
        Assert.Contains("closed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_leads_to_the_cloud_it_came_from_and_nothing_else_to_the_default()
    {
        _table.Add(Connection("a"));
        _table.Add(Connection("b"));

        Assert.Equal(["a"], _table.Select(null, ["a"]).Select(c => c.Name));
        Assert.Equal(["b"], _table.Select(null, []).Select(c => c.Name));
    }

    [Fact]
    public void Of_several_named_connections_an_object_goes_to_its_own()
    {
        _table.Add(Connection("a"));
        _table.Add(Connection("b"));

        Assert.Equal(["a"], _table.Select(_table.All, ["a"]).Select(c => c.Name));
        Assert.Equal(["a", "b"], _table.Select(_table.All, []).Select(c => c.Name));
    }

    [Fact]
    public void An_object_of_another_cloud_than_the_named_one_is_refused()
    {
        _table.Add(Connection("a"));
        _table.Add(Connection("b"));

        var error = Assert.Throws<CloudException>(() => _table.Select([_table.All[1]], ["a"]));

        Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_of_different_clouds_are_refused_together()
    {
        _table.Add(Connection("a"));
        _table.Add(Connection("b"));

        Assert.Equal(ErrorCause.InvalidArgument, Assert.Throws<CloudException>(() => _table.Select(null, ["a", "b"])).Cause);
    }

    [Fact]
    public void An_object_whose_connection_is_not_open_goes_nowhere_by_itself()
    {
        _table.Add(Connection("b"));

        Assert.Equal(ErrorCause.NotConnected, Assert.Throws<CloudException>(() => _table.Select(null, ["a"])).Cause);
        Assert.Equal(["b"], _table.Select(_table.All, ["a"]).Select(c => c.Name));
    }

    private static CloudConnection Connection(string name) => Connection(name, out _);

    private static CloudConnection Connection(string name, out Resource resource)
    {
        resource = new Resource();
        var provider = CloudStackProvider.Create(
            new CloudStackConnection("http://cloud.invalid", new ApiKeyCredentials("key", "secret")));
        return new CloudConnection(
            name, "key", provider, new OperationRunner(new FileAuditLog("unused"), FollowPolicy.Eager, TimeProvider.System), resource);
    }

    private sealed class Resource : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
