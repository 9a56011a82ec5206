using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Models;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Answers;

/// <summary>Protocol note, section 8: how a job stands.</summary>
[Trait("Protocol", "8")]
public sealed class JobReaderTests
{
    [Fact]
    public async Task A_running_job_is_pending()
    {
        var job = await Poll("""{"jobid":"j","jobstatus":0,"jobprocstatus":0,"jobresultcode":0,"cmd":"x"}""");

        Assert.Equal((JobStatus.Pending, "j"), (job.Status, job.JobId));
        Assert.Null(job.Result);
        Assert.Equal("x", job.Raw.GetText("cmd"));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(40, 40)]
    [InlineData(400, null)]
    public async Task Progress_is_told_where_the_server_tells_it(int sent, int? percent) =>
        Assert.Equal(percent, (await Poll($$$"""{"jobid":"j","jobstatus":0,"jobprocstatus":{{{sent}}} }""")).Percent);

    [Fact]
    public async Task A_finished_job_gives_its_object_as_the_commands_model()
    {
        var job = await Poll("""{"jobid":"j","jobstatus":1,"jobresultcode":0,"jobresult":{"virtualmachine":{"id":"v","newfield":1}}}""");

        var machine = Assert.IsType<VirtualMachine>(job.Result);
        Assert.Equal(("v", 1L), (machine.Id, machine.GetInteger("newfield")));
        Assert.Equal(JobStatus.Succeeded, job.Status);
    }

    [Theory]
    [InlineData("""{"success":true,"details":"gone"}""")]
    [InlineData("""{"success":"true","displaytext":"gone"}""")]
    public async Task A_plain_success_gives_its_text(string result)
    {
        var job = await Poll($$$"""{"jobid":"j","jobstatus":1,"jobresult":{{{result}}}}""");

        Assert.Equal((JobStatus.Succeeded, "gone"), (job.Status, job.Text));
        Assert.Null(job.Result);
    }

    [Fact]
    public async Task A_finished_job_may_have_no_result() =>
        Assert.Equal(JobStatus.Succeeded, (await Poll("""{"jobid":"j","jobstatus":1}""")).Status);

    [Fact]
    public async Task Several_objects_are_kept_together()
    {
        var job = await Poll("""{"jobid":"j","jobstatus":1,"jobresult":{"dedicatedzone":[{"id":"a"},{"id":"b"}]}}""");

        Assert.Equal(2, job.Result!.GetField("dedicatedzone")!.Value.GetArrayLength());
    }

    [Fact]
    public async Task A_failed_job_tells_the_servers_reason()
    {
        var job = await Poll("""{"jobid":"j","jobstatus":2,"jobresultcode":533,"jobresult":{"errorcode":533,"errortext":"no host has room"}}""");

        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Equal((ErrorCause.JobFailed, "no host has room", 533), (job.Error!.Cause, job.Error.ServerText, job.Error.ErrorCode));
        Assert.Equal(("j", "startVirtualMachine"), (job.Error.JobId, job.Error.Command));
    }

    [Theory]
    [InlineData("""{"jobid":"j","jobstatus":2,"jobresultcode":530}""", 530)]
    [InlineData("""{"jobid":"j","jobstatus":2,"jobresultcode":0}""", null)]
    [InlineData("""{"jobid":"j","jobstatus":3}""", null)]
    public async Task A_failed_or_cancelled_job_may_give_no_reason(string answer, int? code)
    {
        var job = await Poll(answer);

        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Equal(code, job.Error!.ErrorCode);
        Assert.Contains("no reason", job.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_success_flag_that_says_no_is_a_failed_job()
    {
        var job = await Poll("""{"jobid":"j","jobstatus":1,"jobresult":{"success":false,"details":"in use"}}""");

        Assert.Equal((JobStatus.Failed, "in use"), (job.Status, job.Error!.ServerText));
    }

    [Fact]
    public async Task A_job_without_a_status_is_a_bad_answer() =>
        Assert.Equal(ErrorCause.BadAnswer, (await Assert.ThrowsAsync<CloudException>(() => Poll("""{"jobid":"j"}"""))).Cause);

    [Fact]
    public async Task An_unknown_job_is_not_found()
    {
        var server = new ScriptedServer().Then("""{"r":{"errorcode":431,"cserrorcode":4350,"errortext":"… entity does not exist"}}""", 431);

        var error = await Assert.ThrowsAsync<CloudException>(() => Sample.Provider(server).PollAsync("j", null, CancellationToken.None));

        Assert.Equal((ErrorCause.NotFound, "j"), (error.Cause, error.JobId));
    }

    [Fact]
    public async Task A_job_of_an_unknown_command_gives_a_plain_object()
    {
        var server = new ScriptedServer().Then("""{"r":{"jobid":"j","jobstatus":1,"jobresult":{"thing":{"id":"t"}}}}""");

        var job = await Sample.Provider(server).PollAsync("j", null, CancellationToken.None);

        Assert.Equal("t", job.Result!.GetText("id"));
    }

    private static Task<JobSnapshot> Poll(string job) => Sample.Provider(new ScriptedServer().Then($$$"""{"queryasyncjobresultresponse":{{{job}}}}"""))
        .PollAsync("j", Sample.Catalog.FindCommand("startVirtualMachine"), CancellationToken.None);
}
