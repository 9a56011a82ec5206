using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Http;

public sealed class RequestFormTests
{
    [Fact]
    public void A_read_goes_by_get_with_a_signature_that_the_server_accepts()
    {
        var server = new ScriptedServer().Then("""{"listzonesresponse":{"count":1,"zone":[{"id":"1","name":"fra1","newfield":7}]}}""");

        var reply = Support.Cloud.Send(server, "listZones", ("available", true));

        var sent = Assert.Single(server.Log);
        Assert.Equal("GET", sent.Method);
        Assert.True(ServerRule.Accepts(sent, Support.Cloud.SecretKey, new FakeTime().GetUtcNow()));
        Assert.Equal("2031-02-03T04:15:06+0000", sent.Parameters["expires"]);
        var zone = Assert.IsType<Models.Zone>(Assert.Single(reply.Objects));
        Assert.Equal("fra1", zone.Name);
    }

    [Fact]
    public void A_change_goes_by_post_and_names_its_job()
    {
        var server = new ScriptedServer().Then("""{"startvirtualmachineresponse":{"jobid":"j-1"}}""");

        var reply = Support.Cloud.Send(server, "startVirtualMachine", ("id", Support.Cloud.Id));

        var sent = Assert.Single(server.Log);
        Assert.Equal("POST", sent.Method);
        Assert.DoesNotContain('?', sent.Url);
        Assert.True(ServerRule.Accepts(sent, Support.Cloud.SecretKey, new FakeTime().GetUtcNow()));
        Assert.True(Guid.TryParseExact(sent.Parameters["customjobid"], "D", out _));
        Assert.Equal("j-1", reply.JobId);
    }
}
