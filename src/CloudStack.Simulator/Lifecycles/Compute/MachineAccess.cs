using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Passwords, key pairs and user data of machines, all set while the machine is stopped, and their consoles.</summary>
internal sealed class MachineAccess : ICommandFamily
{
    private const int PasswordLength = 12;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("resetPasswordForVirtualMachine", ResetPassword);
        commands.Begin("resetSSHKeyForVirtualMachine", ResetKey);
        commands.Do("resetUserDataForVirtualMachine", ResetUserData);
        commands.Read("getVirtualMachineUserData", ShowUserData);
        commands.Do("createConsoleEndpoint", OpenConsole);
    }

    /// <summary>The machine with a password that is shown this once and kept nowhere.</summary>
    public static Answer WithNewPassword(CloudState state, Entity machine, string? chosen)
    {
        var shown = machine.Copy();
        shown["password"] = chosen ?? state.Ids.NextText(PasswordLength);
        return Answer.Of(shown);
    }

    private static Work ResetPassword(CommandCall call)
    {
        var machine = call.Target("id");
        return new Work(machine, () => WithNewPassword(call.State, machine, call.Text("password")))
        {
            Begin = () =>
            {
                if (!machine.Flag("passwordenabled"))
                {
                    throw ApiError.Refused($"The template of the virtual machine {machine.Name} doesn't support passwords.");
                }

                VirtualMachines.DemandState(machine, "reset the password of", MachineState.Stopped);
            },
        };
    }

    private static Work ResetKey(CommandCall call)
    {
        var machine = call.Target("id");
        var pairs = SshKeyPairs.Named(call, machine.Owner!);
        if (pairs.Count == 0)
        {
            throw ApiError.Missing(call.Command.Name, "keypair");
        }

        return new Work(machine, () =>
        {
            machine["keypairs"] = string.Join(',', pairs.Select(pair => pair.Name));
            return machine.Flag("passwordenabled") ? WithNewPassword(call.State, machine, null) : Answer.Of(machine);
        })
        {
            Begin = () => VirtualMachines.DemandState(machine, "reset the SSH key of", MachineState.Stopped),
        };
    }

    private static Answer ResetUserData(CommandCall call)
    {
        var machine = call.Target("id");
        VirtualMachines.DemandState(machine, "reset the user data of", MachineState.Stopped);
        call.Apply(machine, "userdata");
        var data = call.Find("userdataid");
        machine["userdataid"] = data?.Id;
        machine["userdataname"] = data?.Link("name");
        return Answer.Of(machine);
    }

    /// <summary>An address that leads nowhere: a simulated machine has no screen.</summary>
    private static Answer OpenConsole(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        VirtualMachines.DemandState(machine, "open the console of", MachineState.Running);
        var console = call.New(call.Command.Result);
        console["success"] = true;
        console["url"] = $"https://console.simulator.invalid/resource/noVNC/vnc.html?autoconnect=true&port=8080&token={call.State.Ids.NextText(64)}";
        return Answer.Of(console);
    }

    private static Answer ShowUserData(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        var shown = call.New(call.Command.Result);
        shown["virtualmachineid"] = machine.Id;
        shown["userdata"] = machine.Text("userdata");
        return Answer.Of(shown);
    }
}
