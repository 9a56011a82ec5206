using System.Globalization;
using System.Text.RegularExpressions;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Appliances;

/// <summary>Network tools run inside a router or system VM, and its log files as a download.</summary>
internal sealed partial class Diagnostics : ICommandFamily
{
    private const int Tries = 4;
    private static readonly string[] Tools = ["ping", "traceroute", "arping"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("runDiagnostics", Run);
        commands.Begin("getDiagnosticsData", Collect);
    }

    private static Work Run(CommandCall call)
    {
        var target = call.Target("targetid");
        var tool = Tools.FirstOrDefault(known => known.Equals(call.RequiredText("type"), StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"Invalid type {call.Text("type")}; it must be one of {string.Join(", ", Tools)}.");
        var address = call.RequiredText("ipaddress");
        if (Uri.CheckHostName(address) is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            throw ApiError.Refused($"Invalid ipaddress {address}: an IP address or a host's name is expected.");
        }

        if (call.Text("params") is { } options && !Options().IsMatch(options))
        {
            throw ApiError.Refused("Illegal argument passed as params: only options, numbers and names separated by spaces are allowed.");
        }

        return new Work(target, () =>
        {
            var isReached = Reaches(call.State, address);
            var result = call.New(call.Command.Result);
            result["stdout"] = Output(tool, address, isReached);
            result["stderr"] = "";
            result["exitcode"] = isReached ? "0" : "1";
            return Answer.Of(result);
        })
        {
            Begin = () => DemandRunning(target),
        };
    }

    private static Work Collect(CommandCall call)
    {
        var target = call.Target("targetid");
        foreach (var file in call.Texts("files"))
        {
            if (!FileName().IsMatch(file))
            {
                throw ApiError.Refused($"Invalid file {file}: a path, or a known name in brackets such as [IPTABLES], is expected.");
            }
        }

        return new Work(target, () =>
        {
            var result = call.New(call.Command.Result);
            result["url"] = call.State.Files.Offer(target, "zip").AbsoluteUri;
            return Answer.Of(result);
        })
        {
            Begin = () =>
            {
                DemandRunning(target);
                if (!call.State.Table(ResultClass.ImageStore).Any(store => store.Text("zoneid") is not { } zone || zone == target.Text("zoneid")))
                {
                    throw ApiError.Refused("The zone has no secondary storage to keep the files in.");
                }
            },
        };
    }

    private static void DemandRunning(Entity target)
    {
        if (target.State != MachineState.Running)
        {
            throw ApiError.Refused($"{target.Name} is {target.State}, not Running, so nothing can be run in it.");
        }
    }

    /// <summary>A machine that doesn't run doesn't answer; whatever the cloud doesn't know of does.</summary>
    private static bool Reaches(CloudState state, string address)
    {
        var owners = state.Table(ResultClass.Nic).Where(nic => nic.Text("ipaddress") == address)
            .Select(nic => state.Store.Find(nic.Text("virtualmachineid"))).OfType<Entity>().ToList();
        return owners.Count == 0 || owners.Exists(machine => machine.State == MachineState.Running);
    }

    private static string Output(string tool, string address, bool isReached) => (tool, isReached) switch
    {
        ("traceroute", true) => $"traceroute to {address}, 30 hops max\n 1  {address}  0.412 ms  0.388 ms  0.371 ms\n",
        ("traceroute", false) => $"traceroute to {address}, 30 hops max\n 1  * * *\n",
        (_, true) => string.Concat(Enumerable.Range(1, Tries).Select(n => string.Create(
            CultureInfo.InvariantCulture, $"reply from {address}: seq={n} time=0.{400 + n} ms\n"))) + Summary(Tries),
        _ => $"no reply from {address}\n" + Summary(0),
    };

    private static string Summary(int received) => string.Create(
        CultureInfo.InvariantCulture, $"{Tries} packets transmitted, {received} received, {100 * (Tries - received) / Tries}% packet loss\n");

    [GeneratedRegex(@"^[\w\-.\s]*$")]
    private static partial Regex Options();

    [GeneratedRegex(@"^(/[\w\-./]+|\[\w+\])$")]
    private static partial Regex FileName();
}
