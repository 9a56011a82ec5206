using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;
using CloudStack.Client.Wire;
using CloudStack.Simulator;
using Xunit.Abstractions;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>Every command of the catalog, bound, encoded, signed, verified and carried out by the simulator, and decoded.</summary>
public sealed class EveryCommandTests(ITestOutputHelper output)
{
    private const string Hidden = "***";

    // Here these lock out the caller, who can't ask about the job any more.
    private static readonly string[] LocksOut = ["disableAccount", "disableUser", "lockAccount", "lockUser"];

    // Strict, so that a change or a too generous signature by GET would be refused.
    private static readonly SimulatorOptions Strict = new() { EnforcePost = true };

    private static readonly string[] Names = [.. Sample.Catalog.CommandNames.Where(name => name is not ("login" or "logout" or "validateUserTwoFactorAuthenticationCode"))];

    public static TheoryData<string> Commands => [.. Names];

    [Fact]
    public void What_the_cloud_refuses_is_listed_with_its_reason()
    {
        output.WriteLine($"{Refusal.Listed.Count} of {2 * Names.Length} runs end in a listed refusal.");
        Assert.All(Refusal.Listed.Values, refusal => Assert.NotEmpty(refusal.Reason));
        Assert.All(Refusal.Listed.Keys, run => Assert.Contains(run.Command, Names));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public Task With_its_required_arguments_no_field_is_lost(string command) => RunAsync(command, all: false);

    [Theory]
    [MemberData(nameof(Commands))]
    public Task With_all_arguments_no_field_is_lost(string command) => RunAsync(command, all: true);

    private static async Task RunAsync(string name, bool all)
    {
        using var cloud = new SimulatedCloud(Strict);
        var wire = new RecordingHandler(cloud.CreateHandler());
        var provider = SimulatedSample.Provider(cloud, SimulatedSample.Connection(cloud) with { Retries = 0, DiagnoseUnauthorized = false }, wire);
        var spec = Sample.Catalog.FindCommand(name)!;
        var command = CommandBinder.Bind(Sample.Catalog, spec, await GeneratedArguments.ForAsync(cloud, spec, all));
        var before = cloud.Requests.Count;
        var refusal = await SendAsync(cloud, provider, wire, command);
        AssertAllArrived(cloud.Requests[before], command);
        Refusal.AssertListed(name, all, refusal);
    }

    /// <summary>Sends a command and follows its job; gives the refusal, where there was one.</summary>
    private static async Task<CloudException?> SendAsync(
        SimulatedCloud cloud, CloudStackProvider provider, RecordingHandler wire, BoundCommand command)
    {
        CommandReply reply;
        try
        {
            reply = await provider.SendAsync(command, CancellationToken.None);
        }
        catch (CloudException error) when (IsRefusal(error, cloud, command.Spec))
        {
            AssertWordsArrived(wire.Envelope, error);
            return error;
        }

        Assert.Empty(Fields.Lost(wire.Envelope, reply, command.Spec));
        return reply.JobId is { } job && !LocksOut.Contains(command.Spec.Name)
            ? await FollowAsync(cloud, provider, wire, job, command)
            : null;
    }

    private static async Task<CloudException?> FollowAsync(
        SimulatedCloud cloud, CloudStackProvider provider, RecordingHandler wire, string job, BoundCommand command)
    {
        var snapshot = await provider.PollAsync(job, command.Spec, CancellationToken.None);

        Assert.True(JsonElement.DeepEquals(wire.Envelope, snapshot.Raw.GetJson()));
        var result = wire.Envelope.GetProperty("jobresult");
        if (snapshot.Error is { } error && IsRefusal(error, cloud, command.Spec))
        {
            AssertWordsArrived(result, error);
            return error;
        }

        Assert.True(snapshot.Status == JobStatus.Succeeded, snapshot.Error?.Message);
        var reply = new CommandReply
        {
            Objects = snapshot.Result is { } found ? [found] : [],
            Text = snapshot.Text,
            TotalCount = snapshot.Result is null ? null : 1,
        };
        Assert.Empty(Fields.Lost(result, reply, command.Spec));
        return null;
    }

    // A change with a life cycle depends on the state of what it changes; which ones aren't in that state is listed.
    private static bool IsRefusal(CloudException error, SimulatedCloud cloud, CommandSpec spec) =>
        error.ErrorCode is 431 or 530 or 531 or 536 && !spec.IsRead && cloud.HasLifecycle(spec.Name);

    private static void AssertWordsArrived(JsonElement answer, CloudException error) =>
        Assert.Equal(answer.GetProperty("errortext").GetString(), error.ServerText);

    private static void AssertAllArrived(RequestLogEntry seen, BoundCommand command)
    {
        var sent = ArgumentEncoder.Encode(command);
        var isGet = ReadRule.MayUseGet(command.Spec) && sent.Secrets.Count == 0;
        Assert.Equal((command.Spec.Name, isGet ? "GET" : "POST"), (seen.Command, seen.Method));
        foreach (var (name, value) in sent.Parameters)
        {
            Assert.True(seen.Parameters.TryGetValue(name, out var arrived), $"{name} didn't arrive.");
            Assert.True(arrived == value || arrived == Hidden, $"{name} arrived as {arrived}.");
        }
    }
}
