using Cloud.Core.Errors;
using CloudStack.Client.Models;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Answers;

/// <summary>Protocol note, section 4: envelopes and their exceptions.</summary>
[Trait("Protocol", "4.2")]
public sealed class EnvelopeTests
{
    [Theory]
    [InlineData("listzonesresponse")]
    [InlineData("listZones")]
    [InlineData("activaterojectresponse")]
    [InlineData("null")]
    [InlineData("")]
    [Trait("Protocol", "4.1")]
    public void The_roots_only_member_is_taken_whatever_its_name(string root)
    {
        var reply = Send($$$"""{"{{{root}}}":{"count":1,"zone":[{"id":"z","name":"fra1"}]}}""");

        Assert.Equal("fra1", Assert.IsType<Zone>(Assert.Single(reply.Objects)).Name);
        Assert.Equal(1, reply.TotalCount);
    }

    [Fact]
    public void A_list_without_hits_is_an_empty_object()
    {
        var reply = Send("""{"listzonesresponse":{}}""");

        Assert.Empty(reply.Objects);
        Assert.Null(reply.TotalCount);
    }

    [Fact]
    public void A_page_beyond_the_end_has_a_count_and_no_array()
    {
        var reply = Send("""{"listzonesresponse":{"count":7}}""");

        Assert.Empty(reply.Objects);
        Assert.Equal(7, reply.TotalCount);
    }

    [Theory]
    [InlineData("""{"r":{"network":{"id":"n"}}}""")]
    [InlineData("""{"r":{"anything":{"id":"n"}}}""")]
    [InlineData("""{"r":{"null":{"id":"n"}}}""")]
    [InlineData("""{"r":{"count":1,"network":[{"id":"n"}]}}""")]
    public void A_single_object_is_taken_whatever_its_key_and_even_from_an_array(string json) =>
        Assert.Equal("n", Assert.IsType<Network>(Assert.Single(Send(json, "createNetwork").Objects)).Id);

    [Fact]
    public void A_list_command_may_answer_with_one_object() =>
        Assert.Equal("z", Assert.Single(Send("""{"r":{"zone":{"id":"z"}}}""").Objects).GetText("id"));

    [Fact]
    public void A_list_with_two_arrays_gives_the_rows_of_both() => Assert.Equal(
        ["a", "b"], Send("""{"r":{"count":2,"x":[{"id":"a"}],"y":[{"id":"b"}]}}""").Objects.Select(o => o.GetText("id")));

    [Fact]
    public void An_array_of_plain_values_is_kept_within_its_envelope() =>
        Assert.Equal(["tcp", "udp"], Assert.Single(Send("""{"r":{"count":2,"name":["tcp","udp"]}}""").Objects).GetTexts("name"));

    [Theory]
    [InlineData("""{"r":{"success":true}}""", null)]
    [InlineData("""{"r":{"success":"true"}}""", null)]
    [InlineData("""{"r":{"success":true,"displaytext":"done"}}""", "done")]
    [InlineData("""{"r":{"displaytext":"done","success":"true"}}""", "done")]
    public void Success_is_a_boolean_or_a_text(string json, string? text)
    {
        var reply = Send(json, "deleteSSHKeyPair");

        Assert.Empty(reply.Objects);
        Assert.Equal(text, reply.Text);
    }

    [Theory]
    [InlineData("""{"r":{"success":false,"displaytext":"in use"}}""")]
    [InlineData("""{"r":{"success":"false","displaytext":"in use"}}""")]
    public void A_success_flag_that_says_no_is_an_error(string json)
    {
        var error = Assert.Throws<CloudException>(() => Send(json, "deleteSSHKeyPair"));

        Assert.Equal("in use", error.ServerText);
        Assert.Equal("deleteSSHKeyPair", error.Command);
    }

    [Fact]
    public void A_ticket_names_the_job() => Assert.Equal("j", Send("""{"r":{"jobid":"j"}}""", "startVirtualMachine").JobId);

    [Fact]
    public void A_creating_commands_ticket_names_the_object_too()
    {
        var reply = Send("""{"r":{"id":"v","jobid":"j"}}""", "deployVirtualMachine");

        Assert.Equal(("j", "v"), (reply.JobId, reply.EntityId));
        Assert.Empty(reply.Objects);
    }

    [Fact]
    public void A_ticket_is_known_even_where_the_catalog_knows_of_no_job() =>
        Assert.Equal("j", Send("""{"r":{"jobid":"j","id":"x"}}""", "createUser").JobId);

    [Fact]
    public void An_asynchronous_command_may_be_done_at_once() =>
        Assert.Equal("stopped", Assert.IsType<VirtualMachine>(Assert.Single(
            Send("""{"r":{"virtualmachine":{"id":"v","state":"stopped"}}}""", "stopVirtualMachine").Objects)).State);

    [Fact]
    [Trait("Protocol", "4.3")]
    public void A_pending_jobs_fields_in_a_listed_object_are_no_ticket()
    {
        var reply = Send("""{"r":{"count":1,"virtualmachine":[{"id":"v","jobid":"j","jobstatus":0}]}}""", "listVirtualMachines");

        Assert.Null(reply.JobId);
        Assert.Equal("j", Assert.Single(reply.Objects).GetText("jobid"));
    }

    [Fact]
    public void A_flat_answer_is_the_object_itself()
    {
        var job = Assert.Single(Send("""{"r":{"jobid":"j","jobstatus":1,"jobresult":{"virtualmachine":{"id":"v"}}}}""", "queryAsyncJobResult").Objects);

        Assert.Equal(("j", 1L), (job.GetText("jobid"), job.GetInteger("jobstatus")));
        Assert.NotNull(job.GetField("jobresult"));
    }

    [Fact]
    public void Values_beside_no_object_are_kept_as_an_object() =>
        Assert.Equal("PEM", Assert.Single(Send("""{"r":{"cacertificates":"PEM"}}""", "listCaCertificate").Objects).GetText("cacertificates"));

    [Fact]
    public void Fields_that_the_catalog_does_not_know_are_kept() =>
        Assert.Equal(7, Assert.Single(Send("""{"r":{"count":1,"zone":[{"id":"z","newerfield":7}]}}""").Objects).GetInteger("newerfield"));

    [Fact]
    [Trait("Protocol", "4.3")]
    public void Numbers_booleans_and_dates_are_read_in_every_form_that_servers_write()
    {
        var row = Assert.Single(Send(
            """{"r":{"zone":[{"big":9223372036854775807,"text":"42","flag":"false","date":"2024-01-02T03:04:05+0200"}]}}""").Objects);

        Assert.Equal(long.MaxValue, row.GetInteger("big"));
        Assert.Equal(42, row.GetInteger("text"));
        Assert.False(row.GetBoolean("flag"));
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), row.GetDate("date"));
    }

    private static Cloud.Core.Operations.CommandReply Send(string json, string command = "listZones") =>
        Sample.Send(new ScriptedServer().Then(json), command, command.StartsWith("list", StringComparison.Ordinal) ? [] : [("id", Sample.Id)]);
}
