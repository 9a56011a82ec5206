using System.Diagnostics.CodeAnalysis;
using Cloud.Core.Catalog;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Commands;

/// <summary>One call of a command: who calls, with what, on which cloud.</summary>
internal sealed class CommandCall(CommandSpec command, Caller caller, CloudState state, IReadOnlyDictionary<string, object> arguments)
{
    public CommandSpec Command { get; } = command;

    public Caller Caller { get; } = caller;

    public CloudState State { get; } = state;

    /// <summary>The arguments that count, typed, by lower-case name.</summary>
    public IReadOnlyDictionary<string, object> Arguments { get; } = arguments;

    /// <summary>What is done once the cloud is unlocked again, and gives the answer; it may change nothing of the cloud.</summary>
    public Func<Answer>? Afterwards { get; set; }

    public bool Has(string name) => Arguments.ContainsKey(name);

    public string? Text(string name) => Arguments.GetValueOrDefault(name) as string;

    /// <summary>A text that a command needs although its catalog entry doesn't say so.</summary>
    public string RequiredText(string name) => Text(name) is { Length: > 0 } text ? text : throw ApiError.Missing(Command.Name, name);

    public bool? Flag(string name) => Arguments.GetValueOrDefault(name) as bool?;

    public bool IsSet(string name) => Flag(name) == true;

    public long? Number(string name) => Arguments.GetValueOrDefault(name) as long?;

    public DateTimeOffset? Date(string name) => Arguments.GetValueOrDefault(name) as DateTimeOffset?;

    public IReadOnlyList<string> Texts(string name) => Arguments.GetValueOrDefault(name) as IReadOnlyList<string> ?? [];

    /// <summary>The records of a map parameter in the order of their indexes.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Records(string name) =>
        Arguments.GetValueOrDefault(name) as IReadOnlyList<IReadOnlyDictionary<string, string>> ?? [];

    /// <summary>A map parameter as named values: flat maps merged, pairs put together.</summary>
    public IReadOnlyDictionary<string, string> Map(string name)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        var keys = Command.FindParameter(name)?.Map is { Style: MapStyle.Pairs } pairs ? pairs.Keys : ["key", "value"];
        foreach (var record in Records(name))
        {
            if (record.TryGetValue(keys[0], out var key) && keys.Count > 1 && record.TryGetValue(keys[1], out var value))
            {
                merged[key] = value;
                continue;
            }

            foreach (var (field, text) in record)
            {
                merged[field] = text;
            }
        }

        return merged;
    }

    /// <summary>The object that an identifier argument names, or null where it isn't given.</summary>
    /// <exception cref="ApiError">There is no such object, or the caller may not act on it.</exception>
    public Entity? Find(string name) => Text(name) is { } id && id != "-1" ? Look(name, id) : null;

    /// <summary>The object that an identifier argument names.</summary>
    /// <exception cref="ApiError">The argument is missing, or <see cref="Find"/> fails.</exception>
    public Entity Target(string name) => Find(name) ?? throw ApiError.Missing(Command.Name, name);

    /// <summary>The objects that a list of identifiers names.</summary>
    public IReadOnlyList<Entity> FindAll(string name) => [.. Texts(name).Select(id => Look(name, id))];

    /// <summary>Looks an object up whose class the catalog doesn't tell.</summary>
    public Entity Look(string name, string id, string? className = null)
    {
        var wanted = className ?? Command.FindParameter(name)?.Entity;
        var entity = wanted is null ? State.Store.Find(id) : State.Store.Find(wanted, id);
        if (entity is null)
        {
            throw ApiError.NoEntity(Command.Name, name, id);
        }

        DemandSight(entity);
        return entity;
    }

    /// <exception cref="ApiError">The object isn't the caller's to act on.</exception>
    public void DemandSight(Entity entity)
    {
        if (!Caller.MaySee(entity))
        {
            throw ApiError.NotPermitted(
                $"Acct [{Caller.Account.Id}-{Caller.Account.Name}] does not have permission to operate with resource [{entity.Id}].");
        }
    }

    /// <summary>Whose a new object will be: the named project's or account's, else the caller's.</summary>
    public Owner NewOwner() => Scope.NewOwner(this);

    /// <summary>Whose a new object will be, who may have one more of its kind.</summary>
    /// <exception cref="ApiError">A limit would be passed.</exception>
    public Owner NewOwner(LimitedResource kind)
    {
        var owner = NewOwner();
        ResourceLimits.Demand(State, owner, kind);
        return owner;
    }

    /// <summary>Makes an object that isn't part of the cloud yet.</summary>
    public Entity New(string className, string? id = null) => State.New(className, id);

    /// <summary>Makes an object of the caller's or the named owner's and adds it to the cloud.</summary>
    public Entity Create(string className, Owner? owner, string? id = null)
    {
        var entity = New(className, id);
        entity.TrySet("created", State.Clock.GetUtcNow());
        owner?.Claim(entity);
        State.Store.Add(entity);
        return entity;
    }

    /// <summary>An identifier that the caller chose for a new object; only root administrators may.</summary>
    /// <exception cref="ApiError">It's malformed or taken.</exception>
    public string? ChosenId(string name)
    {
        if (Text(name) is not { Length: > 0 } chosen)
        {
            return null;
        }

        if (!Guid.TryParseExact(chosen, "D", out var id))
        {
            throw ApiError.Refused($"The custom id {chosen} isn't a UUID.");
        }

        return State.Store.Find(id.ToString()) is null
            ? id.ToString()
            : throw ApiError.Refused($"An object with the id {chosen} already exists.");
    }

    /// <summary>Sets fields from the arguments of the same names, as far as the object has them.</summary>
    public void Apply(Entity entity, params string[] names)
    {
        foreach (var name in names)
        {
            if (Arguments.TryGetValue(name, out var value))
            {
                entity.TrySet(name, value);
            }
        }
    }

    [DoesNotReturn]
    public static void Refuse(string text) => throw ApiError.Refused(text);
}
