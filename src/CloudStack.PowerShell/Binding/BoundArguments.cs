using System.Collections;
using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Binding;

/// <summary>Turns the parameters that PowerShell bound into an operation's arguments.</summary>
/// <remarks>
/// Presence decides what is sent, never a default. An empty text that came from the pipeline means that the object had
/// no such property, and counts as absent.
/// </remarks>
/// <param name="unwrap">Takes the engine's wrapper off a value.</param>
internal sealed class BoundArguments(Func<object, object> unwrap)
{
    /// <summary>Gives the arguments by label.</summary>
    /// <param name="command">The command; parameters that aren't its own, such as <c>-Verbose</c>, are left out.</param>
    /// <param name="bound">What PowerShell bound.</param>
    /// <param name="fromCommandLine">The names that were bound before any pipeline input.</param>
    public IReadOnlyDictionary<string, object?> Collect(
        CommandSpec command, IEnumerable<KeyValuePair<string, object>> bound, IReadOnlySet<string> fromCommandLine)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in bound)
        {
            if (command.FindParameter(name) is null)
            {
                continue;
            }

            var plain = Plain(value);
            if (plain is not "" || fromCommandLine.Contains(name))
            {
                arguments[name] = plain;
            }
        }

        return arguments;
    }

    /// <summary>Takes the wrappers off a whole dictionary of arguments.</summary>
    public static IReadOnlyDictionary<string, object?> Plain(IDictionary arguments, Func<object, object> unwrap)
    {
        var plain = new BoundArguments(unwrap);
        return arguments.Cast<DictionaryEntry>().ToDictionary(
            entry => entry.Key.ToString() ?? "", entry => plain.Plain(entry.Value), StringComparer.OrdinalIgnoreCase);
    }

    private object? Plain(object? value) => value is null ? null : unwrap(value) switch
    {
        IIdentity identity => identity.Text,
        string text => text,
        IDictionary map => PlainMap(map),
        IEnumerable many => many.Cast<object?>().Select(Plain).ToArray(),
        var single => single,
    };

    private Hashtable PlainMap(IDictionary map)
    {
        var plain = new Hashtable();
        foreach (DictionaryEntry entry in map)
        {
            plain[Plain(entry.Key)!] = Plain(entry.Value);
        }

        return plain;
    }
}
