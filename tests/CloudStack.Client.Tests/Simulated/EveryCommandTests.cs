using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;
using CloudStack.Client.Wire;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>Every command of the catalog, bound, encoded, signed, verified and carried out by the simulator, and decoded.</summary>
public sealed class EveryCommandTests
{
    private const string Hidden = "***";

    // Here these lock out the caller, who can't ask about the job any more.
    private static readonly string[] LocksOut = ["disableAccount", "disableUser", "lockAccount", "lockUser"];

    // Strict, so that a change or a too generous signature by GET would be refused.
    private static readonly SimulatorOptions Strict = new() { EnforcePost = true };

    public static TheoryData<string> Commands => [.. Sample.Catalog.CommandNames.Where(name => name is not ("login" or "logout"))];

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
        var command = CommandBinder.Bind(Sample.Catalog, spec, GeneratedArguments.For(cloud, spec, all));
        try
        {
            var reply = await provider.SendAsync(command, CancellationToken.None);

            Assert.Empty(Fields.Lost(wire.Envelope, reply, spec));
            if (reply.JobId is { } job && !LocksOut.Contains(name))
            {
                await FollowAsync(cloud, provider, wire, job, command);
            }
        }
        catch (CloudException error) when (IsRefusal(error, cloud, spec))
        {
            AssertWordsArrived(wire.Envelope, error);
        }

        AssertAllArrived(cloud, command);
    }

    private static async Task FollowAsync(SimulatedCloud cloud, CloudStackProvider provider, RecordingHandler wire, string job, BoundCommand command)
    {
        var snapshot = await provider.PollAsync(job, command.Spec, CancellationToken.None);

        Assert.True(JsonElement.DeepEquals(wire.Envelope, snapshot.Raw.GetJson()));
        var result = wire.Envelope.GetProperty("jobresult");
        if (snapshot.Error is { } error && IsRefusal(error, cloud, command.Spec))
        {
            AssertWordsArrived(result, error);
            return;
        }

        Assert.True(snapshot.Status == JobStatus.Succeeded, snapshot.Error?.Message);
        var reply = new CommandReply
        {
            Objects = snapshot.Result is { } found ? [found] : [],
            Text = snapshot.Text,
            TotalCount = snapshot.Result is null ? null : 1,
        };
        Assert.Empty(Fields.Lost(result, reply, command.Spec));
    }

    // A change with a life cycle depends on the state of what it changes, and the seeded cloud isn't always in that state.
    private static bool IsRefusal(CloudException error, SimulatedCloud cloud, CommandSpec spec) =>
        error.ErrorCode is 431 or 530 or 531 or 536 && !spec.IsRead && cloud.HasLifecycle(spec.Name);

    private static void AssertWordsArrived(JsonElement answer, CloudException error) =>
        Assert.Equal(answer.GetProperty("errortext").GetString(), error.ServerText);

    private static void AssertAllArrived(SimulatedCloud cloud, BoundCommand command)
    {
        var seen = cloud.Requests[0];
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
