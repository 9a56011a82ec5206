using System.Collections;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Binding;

/// <summary>Turns the parameters that PowerShell bound into an operation's arguments.</summary>
/// <remarks>
/// Presence decides what is sent, never a default. An empty text that came from the pipeline means that the object had
/// no such property, and counts as absent. An object from the pipeline binds to the parameter of its model; a text fits
/// them all, so it counts for the command's own <c>Id</c> alone, or for the only parameter that is open.
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
        var known = bound.Where(pair => command.FindParameter(pair.Key) is not null).ToList();
        var untyped = known
            .Where(pair => !fromCommandLine.Contains(pair.Key) && unwrap(pair.Value) is IIdentity { IsTyped: false, Text.Length: > 0 })
            .Select(pair => pair.Key)
            .ToList();
        var taker = Taker(command, untyped);
        foreach (var (name, value) in known)
        {
            if (untyped.Contains(name) && name != taker)
            {
                continue;
            }

            var plain = Plain(value);
            if (plain is not "" || fromCommandLine.Contains(name))
            {
                arguments[name] = plain is string text && UserDataText.IsTaken(command.FindParameter(name)!) ? UserDataText.Encode(text) : plain;
            }
        }

        TellKinds(command, known, arguments);
        TellDomain(command, known, arguments);
        return arguments;
    }

    // An account's name means something within its domain alone; what was typed counts more.
    private void TellDomain(CommandSpec command, List<KeyValuePair<string, object>> known, Dictionary<string, object?> arguments)
    {
        if (known.Select(pair => unwrap(pair.Value)).OfType<AccountReference>().FirstOrDefault() is { DomainId: { } id }
            && command.FindParameter("domainid") is { } domain)
        {
            arguments.TryAdd(domain.Label, id);
        }
    }

    // An object of any class says by itself what it is; what was typed counts more.
    private void TellKinds(CommandSpec command, List<KeyValuePair<string, object>> known, Dictionary<string, object?> arguments)
    {
        foreach (var (name, value) in known)
        {
            if (command.FindParameter(name) is { KindFrom: { } wire } && command.FindParameter(wire) is { } kind
                && References(value).Select(reference => reference.Kind(command, wire)).FirstOrDefault(word => word is not null) is { } told)
            {
                arguments.TryAdd(kind.Label, told);
            }
        }
    }

    private ResourceReference[] References(object value) => unwrap(value) switch
    {
        ResourceReference one => [one],
        ResourceReference?[] many => [.. many.OfType<ResourceReference>()],
        _ => [],
    };

    /// <summary>Gives the names of the objects that were given whole, by their ids.</summary>
    /// <param name="bound">What PowerShell bound.</param>
    public IReadOnlyDictionary<string, string> KnownNames(IEnumerable<KeyValuePair<string, object>> bound)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var identity in Identities(bound))
        {
            if (identity.KnownName is { Length: > 0 } name)
            {
                names[identity.Text] = name;
            }
        }

        return names;
    }

    /// <summary>Gives the ids and names that the bound objects are known by.</summary>
    /// <param name="bound">What PowerShell bound.</param>
    public IEnumerable<string> Texts(IEnumerable<KeyValuePair<string, object>> bound) =>
        Identities(bound).Select(identity => identity.Text).Where(text => text.Length > 0);

    /// <summary>Gives the names of the connections that the bound objects came over, each once.</summary>
    /// <param name="bound">What PowerShell bound.</param>
    public IReadOnlyList<string> Origins(IEnumerable<KeyValuePair<string, object>> bound) =>
        [
            .. Identities(bound).Select(identity => identity.Connection)
                .Concat(bound.SelectMany(pair => ObjectsIn(pair.Value)).Select(known => known.Connection))
                .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    /// <summary>Takes the wrappers off a whole dictionary of arguments.</summary>
    public static IReadOnlyDictionary<string, object?> Plain(IDictionary arguments, Func<object, object> unwrap)
    {
        var plain = new BoundArguments(unwrap);
        return arguments.Cast<DictionaryEntry>().ToDictionary(
            entry => entry.Key.ToString() ?? "", entry => plain.Plain(entry.Value), StringComparer.OrdinalIgnoreCase);
    }

    private static string? Taker(CommandSpec command, List<string> untyped) => untyped switch
    {
        [] => null,
        [var only] => only,
        _ => untyped.Find(name => name.Equals("Id", StringComparison.OrdinalIgnoreCase))
            ?? throw new CloudException(
                ErrorCause.InvalidArgument,
                $"{command.Name}: a text from the pipeline cannot be bound: it could be any of -{string.Join(", -", untyped)}.",
                "Give it to the parameter you mean, or pipe the object itself.")
            {
                Command = command.Name,
            },
    };

    private IEnumerable<IIdentity> Identities(IEnumerable<KeyValuePair<string, object>> bound) => bound
        .Where(pair => pair.Value is not null)
        .SelectMany(pair => unwrap(pair.Value) switch
        {
            IIdentity one => [one],
            IIdentity?[] many => many.OfType<IIdentity>(),
            _ => Enumerable.Empty<IIdentity>(),
        });

    // Objects that stand in a map for their ids.
    private IEnumerable<CloudObject> ObjectsIn(object? value) => value is null ? [] : unwrap(value) switch
    {
        CloudObject known => [known],
        IDictionary map => map.Values.Cast<object?>().SelectMany(ObjectsIn),
        object?[] many => many.SelectMany(ObjectsIn),
        _ => [],
    };

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
