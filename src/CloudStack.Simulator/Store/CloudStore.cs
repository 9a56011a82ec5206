namespace CloudStack.Simulator.Store;

/// <summary>
/// Everything the cloud consists of. Not safe by itself: <see cref="Commands.CommandRunner"/> holds the lock around
/// every use.
/// </summary>
internal sealed class CloudStore(Schema schema)
{
    private static readonly string[] Journals = [ResultClass.AsyncJob, ResultClass.Event, "WebhookDeliveryResponse"];

    private readonly Dictionary<string, EntityTable> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entity> _byId = new(StringComparer.Ordinal);
    private long _version;

    public Schema Schema { get; } = schema;

    /// <summary>Hears of everything that was added.</summary>
    public Action<Entity>? Added { get; set; }

    /// <summary>Hears of everything that is about to go.</summary>
    public Action<Entity>? Removing { get; set; }

    /// <summary>Grows with every change of the cloud; jobs, events and deliveries don't count.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Tables that hold or held something.</summary>
    public IEnumerable<EntityTable> Tables => _tables.Values;

    public void Touch() => Interlocked.Increment(ref _version);

    /// <summary>The table of a class; an empty one that isn't kept where nothing of it was ever added.</summary>
    public EntityTable Table(string className) =>
        _tables.GetValueOrDefault(className) ?? NewTable(className);

    public Entity? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    /// <summary>Finds an object of a class, or of one that the server's API treats as the same.</summary>
    public Entity? Find(string className, string? id) =>
        Find(id) is { } entity && ResultClass.Accepts(className, entity.Class.Name) ? entity : null;

    public void Add(Entity entity)
    {
        if (!_tables.TryGetValue(entity.Class.Name, out var table))
        {
            _tables.Add(entity.Class.Name, table = NewTable(entity.Class.Name));
        }

        table.Add(entity);
        // Classes that number their objects (regions, simulator mocks) may repeat another class's number.
        _byId.TryAdd(entity.Id, entity);
        Added?.Invoke(entity);
    }

    /// <summary>Takes an object away, with its tags.</summary>
    public void Remove(Entity entity)
    {
        if (entity.Table is not null)
        {
            Removing?.Invoke(entity);
        }

        foreach (var tag in entity.Class.Has("tags") ? entity.Items("tags") : [])
        {
            Remove(tag);
        }

        entity.Table?.Remove(entity);
        if (_byId.TryGetValue(entity.Id, out var known) && known == entity)
        {
            _byId.Remove(entity.Id);
        }
    }

    private EntityTable NewTable(string className) =>
        new(this, Schema.Of(className)) { IsJournal = Journals.Contains(className) };
}
