using System.Collections;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Binding;

/// <summary>
/// Refuses arguments that turned out to be nothing, such as a variable that was never set. A list narrowed by nothing would
/// list everything, for the next command to act on, and a change would go to an object that nobody named.
/// </summary>
/// <param name="unwrap">Takes the engine's wrapper off a value.</param>
internal sealed class GivenNothing(Func<object, object> unwrap)
{
    /// <summary>Looks through the arguments that were written out.</summary>
    /// <param name="command">The command; parameters that aren't its own, such as <c>-Verbose</c>, are passed over.</param>
    /// <param name="written">The arguments by label.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.InvalidArgument"/>: one is nothing, or holds nothing.</exception>
    public void Refuse(CommandSpec command, IEnumerable<KeyValuePair<string, object>> written)
    {
        foreach (var (name, value) in written)
        {
            if (command.FindParameter(name) is { } parameter && Problem(command, parameter, value) is { } problem)
            {
                throw new CloudException(
                    ErrorCause.InvalidArgument,
                    $"{command.Name}: -{name} {problem}.",
                    "Check what it was to be, or leave it out; nothing was sent.")
                {
                    Command = command.Name,
                };
            }
        }
    }

    /// <summary>Tells whether a value is something.</summary>
    public bool IsSomething(object? value) =>
        value is not null && unwrap(value) is not (null or "" or IIdentity { Text: "" } or ICollection { Count: 0 });

    private string? Problem(CommandSpec command, ParameterSpec parameter, object? value) =>
        (command.IsRead || Identifies(parameter)) && !IsSomething(value) ? "was given nothing"
        : HoldsNull(value) ? "holds a value that is null"
        : null;

    private static bool Identifies(ParameterSpec parameter) =>
        parameter.Type == ParameterType.Uuid || parameter.ItemType == ParameterType.Uuid || parameter.KindFrom is not null;

    private bool HoldsNull(object? value) => value is not null && unwrap(value) switch
    {
        string => false,
        IDictionary map => map.Values.Cast<object?>().Contains(null),
        IEnumerable many => many.Cast<object?>().Any(item => item is null || (item is IDictionary && HoldsNull(item))),
        _ => false,
    };
}
