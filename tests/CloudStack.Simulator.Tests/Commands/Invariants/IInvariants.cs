using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>What the random test does in one area of the cloud, and what must hold there after every step.</summary>
internal interface IInvariants
{
    /// <summary>What is drawn from: the command, and for each argument a wish as <see cref="Draws"/> reads it.</summary>
    IReadOnlyList<(string Command, (string Name, string Wish)[] Arguments)> Moves { get; }

    /// <summary>Fields that hold an identifier of something that must exist.</summary>
    IReadOnlyList<(string Class, string Field)> References { get; }

    /// <summary>What contradicts itself, a line each.</summary>
    IEnumerable<string> Problems(CloudStore store);
}
