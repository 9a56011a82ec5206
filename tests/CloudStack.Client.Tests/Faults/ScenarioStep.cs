using Cloud.Core.Operations;

namespace CloudStack.Client.Tests.Faults;

/// <summary>A step as a request, and the judgement of its end.</summary>
internal sealed class ScenarioStep(Step step, int number)
{
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

    public OperationRequest Request => new(Command, Arguments) { NoWait = step.Deed == Deed.StopLater };

    private Dictionary<string, object?> Arguments => step.Deed switch
    {
        Deed.Create => new() { ["name"] = Mark, ["zoneid"] = "fra1", ["serviceofferingid"] = "Small", ["templateid"] = "Debian 12" },
        Deed.Tag => new() { ["resourceids"] = step.Machine, ["resourcetype"] = "UserVm", ["tags"] = new Dictionary<string, string> { [Mark] = "x" } },
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

    /// <summary>Compares what was said with what is.</summary>
    /// <returns>The contradiction, or null.</returns>
    public string? Judge(Ending ending, CloudTruth before, CloudTruth after)
    {
        var happened = HasHappened(after) && !HasHappened(before);
        return ending.Said switch
        {
            Said.Done when !happened => "it was called done and did not happen",
            Said.Failed when happened => $"it happened and was called failed: {ending.Error!.Cause}: {ending.Error.Message}",
            Said.Failed when !IsSame(before, after) => $"something changed and it was called failed: {ending.Error!.Cause}: {ending.Error.Message}",
            _ when after.Machines.Values.Any(machine => machine.Contains(" and ", StringComparison.Ordinal)) => "a machine was made twice",
            _ => null,
        };
    }

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
