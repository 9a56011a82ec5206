using Cloud.Core.Catalog;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Commands;

/// <summary>Each command on a fresh cloud of its own, in sixteen parts so that a failure is found quickly.</summary>
[Trait("Protocol", "4.1")]
[Trait("Protocol", "4.2")]
[Trait("Protocol", "4.3")]
[Trait("Protocol", "11.3")]
public sealed class EveryCommandTests
{
    private const int Parts = 16;

    // What one management server can't do without another.
    private static readonly string[] OfSeveralServers = ["cancelMaintenance", "prepareForMaintenance", "removeManagementServer"];
    private static readonly CommandCatalog Catalog = CloudStackCatalog.Load();

    public static TheoryData<int> AllParts => [.. Enumerable.Range(0, Parts)];

    [Theory]
    [MemberData(nameof(AllParts))]
    public async Task Answers_in_the_catalogs_envelope_with_fields_of_the_catalogs_types(int part)
    {
        var problems = new List<string>();
        foreach (var name in Catalog.CommandNames.Where((name, i) => i % Parts == part && name is not ("login" or "logout" or "validateUserTwoFactorAuthenticationCode")))
        {
            using var cloud = new SimulatedCloud();
            var command = Catalog.FindCommand(name)!;
            var root = SignedCaller.Root(cloud);
            var reply = await root.PostAsync(name, await AcceptedArguments.RequiredAsync(cloud, command));
            problems.AddRange(await CheckAsync(root, command, reply));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static async Task<List<string>> CheckAsync(SignedCaller root, CommandSpec command, Reply reply)
    {
        if (OfSeveralServers.Contains(command.Name))
        {
            return reply.Status == 200 ? [$"{command.Name} was accepted by the only management server."] : [];
        }

        if (reply.Status != 200 || reply.EnvelopeName != command.Envelope.Outer)
        {
            return [$"{command.Name}: {reply.Status} {reply.Body}"];
        }

        if (!command.IsAsync)
        {
            return [.. AnswerShapes.Problems(Catalog, command, reply.Content).Select(problem => $"{command.Name}: {problem}")];
        }

        if (reply.Content.TryGetProperty("id", out _) != command.CreatesEntity)
        {
            return [$"{command.Name}: the ticket {(command.CreatesEntity ? "lacks" : "has")} an id: {reply.Body}"];
        }

        var job = await root.CallAsync("queryAsyncJobResult", ("jobid", reply.Content.GetProperty("jobid").GetString()!));
        var status = job.Content.GetProperty("jobstatus").GetInt32();
        return status == 1
            ? [.. AnswerShapes.Problems(Catalog, command, job.Content.GetProperty("jobresult")).Select(problem => $"{command.Name}: {problem}")]
            : [$"{command.Name}: job status {status}: {job.Content.GetProperty("jobresult")}"];
    }
}
