using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>A pipeline that says nothing but what is allowed.</summary>
/// <param name="Text">The pipeline as it was written.</param>
/// <param name="Commands">The cloud's commands in it, from left to right.</param>
/// <param name="ObjectCommands">The names of the other cmdlets in it.</param>
internal sealed record CheckedPipeline(string Text, IReadOnlyList<CommandSpec> Commands, IReadOnlyList<string> ObjectCommands)
{
    /// <summary>The command that changes something, or null where all are reads.</summary>
    public CommandSpec? Change => Commands.FirstOrDefault(command => !command.IsRead);
}
