using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Commands;

public sealed class EveryCommandTests
{
    // The seeded cloud is in no state in which the server would do these, whatever the arguments.
    private static readonly string[] Refused =
    [
        "createUser", "deleteEgressFirewallRule", "deleteSSHKeyPair", "enableStaticNat", "recoverVirtualMachine",
        "updateEgressFirewallRule",
    ];

    [Fact]
    public async Task Answers_every_command_in_its_envelope()
    {
        var problems = new List<string>();
        foreach (var command in CloudStackCatalog.Load().Commands.Where(c => c.Name is not ("login" or "logout")))
        {
            using var cloud = new SimulatedCloud();
            var reply = await SignedCaller.Root(cloud).PostAsync(command.Name, GeneratedArguments.Required(cloud, command));
            if (reply.Status != (Refused.Contains(command.Name) ? 431 : 200) || reply.EnvelopeName != command.Envelope.Outer)
            {
                problems.Add($"{command.Name}: {reply.Status} {reply.Body[..Math.Min(250, reply.Body.Length)]}");
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }
}
