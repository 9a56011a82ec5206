using CloudStack.Simulator.Commands;

namespace CloudStack.Simulator.Lifecycles;

/// <summary>
/// The commands of one kind of resource, with its states and refusals. A new family is a class in this folder and a line
/// in <see cref="Families"/>.
/// </summary>
internal interface ICommandFamily
{
    /// <summary>Adds the family's commands.</summary>
    /// <param name="commands">Where to.</param>
    /// <param name="state">The cloud that the commands work on.</param>
    void Register(CommandTable commands, CloudState state);
}
