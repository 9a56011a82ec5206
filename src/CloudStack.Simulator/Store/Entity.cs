namespace CloudStack.Simulator.Store;

/// <summary>
/// One object of the cloud: the fields of its result class, its owner, and attributes that are never answered.
/// Fields of other objects (a zone's name in a machine) are <see cref="Link"/>s, so that they can't go stale.
/// </summary>
internal sealed class Entity
{
    private readonly object?[] _values;
    // A handful of entries each, on very many objects: lists take a fraction of a dictionary's memory.
    private List<KeyValuePair<string, object>>? _attributes;
    private FieldLink[] _links = [];
    private Owner? _owner;

    public Entity(EntityClass entityClass, string id)
    {
        Class = entityClass;
        Id = id;
        _values = new object?[entityClass.Fields.Count];
        if (entityClass.Has("id"))
        {
            this["id"] = id;
        }
    }

    public EntityClass Class { get; }

    /// <summary>The identifier, a lower-case UUID unless the class numbers its objects.</summary>
    public string Id { get; }

    /// <summary>Whose it is, or null for what belongs to the cloud itself.</summary>
    public Owner? Owner
    {
        get => _owner;
        set
        {
            _owner = value;
            Table?.Reown(this);
        }
    }

    /// <summary>The table it stands in, or null where it is only an answer or is gone.</summary>
    public EntityTable? Table { get; set; }

    /// <summary>Where it stands in its table.</summary>
    public int Slot { get; set; }

    public string? Name => Text("name");

    public string? State => Text("state");

    /// <summary>A field's value. Setting null removes the field from answers.</summary>
    /// <exception cref="ArgumentException">The class has no such field.</exception>
    public object? this[string field]
    {
        get => Read(Position(field));
        set
        {
            var i = Position(field);
            var converted = FieldValue.For(Class.Fields[i], value);
            if (!Equals(_values[i], converted))
            {
                _values[i] = converted;
                Table?.Touch();
            }
        }
    }

    /// <summary>The value at a position of the class, links followed.</summary>
    public object? Read(int position) => _values[position] is FieldSource source ? source.Read() : _values[position];

    public string? Text(string field) => Class.Has(field) ? FieldValue.TextOf(this[field]) : null;

    public bool Flag(string field) => Class.Has(field) && this[field] is true;

    public long Number(string field) => Class.Has(field) && this[field] is long number ? number : 0;

    public IReadOnlyList<string> Texts(string field) => this[field] as IReadOnlyList<string> ?? [];

    /// <summary>The nested objects of a list field; the field's own list, so treat it as read-only.</summary>
    public IReadOnlyList<Entity> Items(string field) => this[field] as IReadOnlyList<Entity> ?? [];

    public void AddItem(string field, Entity item) => this[field] = Items(field).Append(item).ToList();

    public void RemoveItem(string field, Entity item)
    {
        var rest = Items(field).Where(other => other != item).ToList();
        this[field] = rest.Count == 0 ? null : rest;
    }

    /// <summary>Sets a field where the class has it; leaves the object alone where it doesn't.</summary>
    public void TrySet(string field, object? value)
    {
        if (Class.Has(field))
        {
            this[field] = value;
        }
    }

    /// <summary>A value that always equals this object's field; the same instance for every user of it.</summary>
    public FieldLink Link(string field)
    {
        var position = Position(field);
        if (Array.Find(_links, known => known.Position == position) is { } link)
        {
            return link;
        }

        // Readers may come here side by side: a link that one of them loses does no harm.
        link = new FieldLink(this, position);
        _links = [.. _links, link];
        return link;
    }

    /// <summary>Something the simulator remembers about the object and never answers, or null.</summary>
    public T? Attribute<T>(string name) where T : class
    {
        foreach (var (key, value) in _attributes ?? [])
        {
            if (key == name)
            {
                return value as T;
            }
        }

        return null;
    }

    /// <summary>Everything the simulator remembers about the object and never answers.</summary>
    public IEnumerable<KeyValuePair<string, object>> Attributes => _attributes ?? [];

    public void SetAttribute(string name, object? value)
    {
        _attributes ??= new List<KeyValuePair<string, object>>(2);
        _attributes.RemoveAll(attribute => attribute.Key == name);
        if (value is not null)
        {
            _attributes.Add(new(name, value));
        }

        Table?.Touch();
    }

    /// <summary>The same fields in an object of its own, for an answer that shows more than the cloud keeps.</summary>
    public Entity Copy()
    {
        var copy = new Entity(Class, Id) { Owner = Owner };
        _values.CopyTo(copy._values, 0);
        return copy;
    }

    public override string ToString() => $"{Class.Name} {Name ?? Id}";

    private int Position(string field)
    {
        var position = Class.PositionOf(field);
        return position >= 0
            ? position
            : throw new ArgumentException($"{Class.Name} has no field {field}.", nameof(field));
    }
}

/// <summary>Reads another object's field.</summary>
internal sealed class FieldLink(Entity target, int position) : FieldSource
{
    public int Position { get; } = position;

    public override object? Read() => target.Read(Position);
}
