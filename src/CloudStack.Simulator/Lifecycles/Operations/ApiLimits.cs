using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>How many calls an account has left, where they're limited.</summary>
internal sealed class ApiLimits : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("getApiLimit", Show);
        commands.Do("resetApiLimit", Reset);
    }

    private static Answer Show(CommandCall call)
    {
        var throttle = call.State.Throttle;
        var (calls, left) = throttle.Stand(call.Caller.Account);
        var allowed = throttle.Limit?.Calls ?? 0;
        var answer = call.New(call.Command.Result);
        answer["account"] = call.Caller.Account.Name;
        answer["accountid"] = call.Caller.Account.Id;
        answer["apiIssued"] = (long)Math.Min(calls, allowed);
        answer["apiAllowed"] = (long)Math.Max(0, allowed - calls);
        answer["expireAfter"] = (long)left.TotalMilliseconds;
        return Answer.Of(answer);
    }

    private static Answer Reset(CommandCall call)
    {
        call.State.Throttle.Reset(call.Find("account"));
        return Answer.Done;
    }
}
