using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>Faults between client and server: what happened is found out or said to be unknown, and nothing happens twice.</summary>
[Trait("Protocol", "10")]
public sealed class LostAnswerTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();
    private readonly CloudStackProvider _provider;

    public LostAnswerTests() => _provider = SimulatedSample.Provider(_cloud, time: new FakeTime());

    public static TheoryData<FaultKind> AfterTheDeed => [FaultKind.DropAnswer, FaultKind.EmptyBody, FaultKind.TruncatedBody];

    public void Dispose()
    {
        _provider.Dispose();
        _cloud.Dispose();
    }

    [Theory]
    [MemberData(nameof(AfterTheDeed))]
    public async Task A_machine_whose_ticket_was_lost_is_deployed_once_and_its_job_found(FaultKind fault)
    {
        var before = await CountMachines();
        _cloud.Faults.Inject(new SimulatorFault(fault) { Command = "deployVirtualMachine" });

        var reply = await Send("deployVirtualMachine",
            ("zoneid", _cloud.SampleId("ZoneResponse")),
            ("templateid", _cloud.SampleId("TemplateResponse")),
            ("serviceofferingid", _cloud.SampleId("ServiceOfferingResponse")));

        var job = await _provider.PollAsync(reply.JobId!, Sample.Catalog.FindCommand("deployVirtualMachine"), CancellationToken.None);
        Assert.True(job.Status == JobStatus.Succeeded, job.Error?.Message);
        Assert.Equal(reply.EntityId, job.Result!.GetText("id"));
        Assert.Equal(1, SimulatedSample.Count(_cloud, "deployVirtualMachine"));
        Assert.Equal(before + 1, await CountMachines());
    }

    [Theory]
    [MemberData(nameof(AfterTheDeed))]
    public async Task A_synchronous_change_whose_answer_was_lost_is_done_once_and_said_to_be_unknown(FaultKind fault)
    {
        _cloud.Faults.Inject(new SimulatorFault(fault) { Command = "createSSHKeyPair" });

        var error = await Assert.ThrowsAsync<CloudException>(() => Send("createSSHKeyPair", ("name", "lost")));

        Assert.Equal(ErrorCause.OutcomeUnknown, error.Cause);
        Assert.Equal(1, SimulatedSample.Count(_cloud, "createSSHKeyPair"));
        Assert.Single((await Send("listSSHKeyPairs", ("name", "lost"))).Objects);
    }

    [Theory]
    [InlineData(FaultKind.DropRequest, ErrorCause.OutcomeUnknown)]
    [InlineData(FaultKind.HtmlPage, ErrorCause.OutcomeUnknown)]
    [InlineData(FaultKind.Throttle, ErrorCause.Throttled)]
    [InlineData(FaultKind.Refuse, ErrorCause.Unavailable)]
    public async Task A_change_that_did_not_happen_is_not_said_to_have_happened(FaultKind fault, ErrorCause cause)
    {
        var state = _cloud.StateVersion;
        _cloud.Faults.Inject(new SimulatorFault(fault) { Command = "createSSHKeyPair" });

        var error = await Assert.ThrowsAsync<CloudException>(() => Send("createSSHKeyPair", ("name", "lost")));

        Assert.Equal(cause, error.Cause);
        Assert.Equal(state, _cloud.StateVersion);
        Assert.Equal(1, SimulatedSample.Count(_cloud, "createSSHKeyPair"));
    }

    [Theory]
    [InlineData(FaultKind.DropRequest)]
    [InlineData(FaultKind.DropAnswer)]
    [InlineData(FaultKind.HtmlPage)]
    [InlineData(FaultKind.EmptyBody)]
    [InlineData(FaultKind.TruncatedBody)]
    [InlineData(FaultKind.Throttle)]
    [InlineData(FaultKind.Refuse)]
    public async Task A_read_outlives_every_passing_fault(FaultKind fault)
    {
        _cloud.Faults.Inject(new SimulatorFault(fault) { Times = 3 });

        Assert.NotEmpty((await Send("listZones")).Objects);
        Assert.Equal(4, SimulatedSample.Count(_cloud, "listZones"));
    }

    [Theory]
    [InlineData(FaultKind.FailJob, "made to fail")]
    [InlineData(FaultKind.LoseJob, "no reason")]
    public async Task A_failed_job_says_why_as_far_as_the_server_does(FaultKind fault, string words)
    {
        _cloud.Faults.Inject(new SimulatorFault(fault));
        var machine = (await Send("listVirtualMachines", ("name", "web-01"), ("listall", true))).Objects[0].GetText("id")!;
        var reply = await Send("stopVirtualMachine", ("id", machine));

        var job = await _provider.PollAsync(reply.JobId!, Sample.Catalog.FindCommand("stopVirtualMachine"), CancellationToken.None);

        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Contains(words, job.Error!.Message, StringComparison.Ordinal);
    }

    private Task<CommandReply> Send(string command, params (string, object)[] arguments) =>
        _provider.SendAsync(Sample.Command(command, arguments), CancellationToken.None);

    private async Task<long?> CountMachines() =>
        (await Send("listVirtualMachines", ("listall", true), ("projectid", "-1"))).TotalCount;
}
