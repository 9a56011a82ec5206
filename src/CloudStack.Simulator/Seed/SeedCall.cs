using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Seed;

/// <summary>Plants by the cloud's own commands what only they know how to make; no event or job is left of it.</summary>
internal static class SeedCall
{
    /// <summary>Carries a command out as a user.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="user">The user.</param>
    /// <param name="command">A command with a life cycle.</param>
    /// <param name="arguments">Its arguments, typed as <see cref="CommandCall"/> has them.</param>
    /// <returns>The object that the command made.</returns>
    public static Entity Run(CloudState state, Entity user, string command, params (string Name, object Value)[] arguments)
    {
        var call = new CommandCall(
            state.Catalog.FindCommand(command)!, new Caller(user), state,
            arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal));
        var handler = state.Commands.Find(command)!;
        if (handler.Begin is null)
        {
            return Made(handler.Answer!(call), null);
        }

        var work = handler.Begin(call);
        work.Begin?.Invoke();
        return Made(work.Finish(), work.Subject);
    }

    private static Entity Made(Answer answer, Entity? subject) => answer is SingleAnswer single ? single.Entity : subject!;
}
