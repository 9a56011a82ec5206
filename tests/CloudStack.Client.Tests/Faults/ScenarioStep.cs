using Cloud.Core.Operations;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Faults;

/// <summary>A step as a request, and the judgement of its end.</summary>
internal sealed class ScenarioStep(Step step, int number)
{
    public Deed Deed => step.Deed;

    public int Round => step.Round;

    public IReadOnlyList<WireFault> Faults => step.Faults;

    private string Mark => $"mark-{number}";

    public string Command => step.Deed switch
    {
        Deed.Create => "deployVirtualMachine",
        Deed.Start => "startVirtualMachine",
        Deed.Stop or Deed.StopLater => "stopVirtualMachine",
        Deed.Tag => "createTags",
        Deed.Rename => "updateVirtualMachine",
        Deed.AddUser => "createUser",
        Deed.Delete => "destroyVirtualMachine",
        _ => "listVirtualMachines",
    };

    public bool NoWait => step.Deed == Deed.StopLater;

    /// <summary>The step as a request. Tags are put on identifiers; everything else is known by name.</summary>
    public OperationRequest RequestIn(CloudTruth cloud) =>
        new(Command, Arguments(cloud.IdByName.GetValueOrDefault(step.Machine) ?? step.Machine)) { NoWait = NoWait };

    private Dictionary<string, object?> Arguments(string id) => step.Deed switch
    {
        Deed.Create => new() { ["name"] = Mark, ["zoneid"] = "fra1", ["serviceofferingid"] = "Small", ["templateid"] = "Debian 12" },
        Deed.Tag => new() { ["resourceids"] = id, ["resourcetype"] = "UserVm", ["tags"] = new Dictionary<string, string> { [Mark] = "x" } },
        Deed.Rename => new() { ["id"] = step.Machine, ["displayname"] = Mark },
        Deed.AddUser => new()
        {
            ["username"] = Mark, ["password"] = ScenarioRun.Canary, ["account"] = "web-team", ["domainid"] = "Engineering",
            ["email"] = "x@example.com", ["firstname"] = "x", ["lastname"] = "y",
        },
        Deed.Delete => new() { ["id"] = step.Machine, ["expunge"] = true },
        Deed.List => new() { ["listall"] = true },
        _ => new() { ["id"] = step.Machine },
    };

    public override string ToString() => $"step {number} ({step})";

    /// <summary>True for a request of this step's own change.</summary>
    public bool IsOf(RequestLogEntry request, CloudTruth before) => request.Command == Command && step.Deed switch
    {
        Deed.Create => request.Parameters.GetValueOrDefault("name") == Mark,
        Deed.AddUser => request.Parameters.GetValueOrDefault("username") == Mark,
        Deed.Tag => request.Parameters.GetValueOrDefault("resourceids") == before.IdByName.GetValueOrDefault(step.Machine),
        _ => request.Parameters.GetValueOrDefault("id") == before.IdByName.GetValueOrDefault(step.Machine),
    };

    /// <summary>Compares what was said with what is.</summary>
    /// <param name="ending">What was said.</param>
    /// <param name="isAlone">True where nothing else was done meanwhile.</param>
    /// <param name="before">How the cloud was.</param>
    /// <param name="after">How it is.</param>
    /// <returns>The contradiction, or null.</returns>
    public string? Judge(Ending ending, bool isAlone, CloudTruth before, CloudTruth after)
    {
        var happened = HasHappened(after) && !HasHappened(before);
        return ending.Said switch
        {
            Said.Done when !happened => "it was called done and did not happen",
            Said.Failed when happened => $"it happened and was called failed: {ending.Error!.Cause}: {ending.Error.Message}",
            Said.Failed when !(isAlone ? IsSame(before, after) : before.Of(step.Machine) == after.Of(step.Machine) || ActsElsewhere) => $"something changed and it was called failed: {ending.Error!.Cause}: {ending.Error.Message}",
            _ when after.Machines.Values.Any(machine => machine.Contains(" and ", StringComparison.Ordinal)) => "a machine was made twice",
            _ => null,
        };
    }

    private bool ActsElsewhere => step.Deed is Deed.Create or Deed.AddUser;

    private bool HasHappened(CloudTruth truth) => step.Deed switch
    {
        // A machine that could not be started stays behind, in a state that says so.
        Deed.Create => truth.Of(Mark) is { } made && !made.StartsWith("Error", StringComparison.Ordinal),
        Deed.Start => truth.Of(step.Machine)?.StartsWith("Running", StringComparison.Ordinal) == true,
        Deed.Stop or Deed.StopLater => truth.Of(step.Machine)?.StartsWith("Stopped", StringComparison.Ordinal) == true,
        Deed.Tag or Deed.Rename => truth.Of(step.Machine)?.Contains(Mark, StringComparison.Ordinal) == true,
        Deed.AddUser => truth.Users.Contains(Mark),
        Deed.Delete => truth.Of(step.Machine) is null,
        _ => false,
    };

    private bool IsSame(CloudTruth before, CloudTruth after) =>
        before.Users.SequenceEqual(after.Users) && Others(before).SequenceEqual(Others(after));

    private IEnumerable<KeyValuePair<string, string>> Others(CloudTruth truth) =>
        truth.Machines.Where(machine => step.Deed != Deed.Create || machine.Key != Mark).OrderBy(machine => machine.Key, StringComparer.Ordinal);
}
