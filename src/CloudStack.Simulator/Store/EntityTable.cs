using System.Collections;

namespace CloudStack.Simulator.Store;

/// <summary>The objects of one result class in the order they were made.</summary>
internal sealed class EntityTable(CloudStore store, EntityClass entityClass) : IEnumerable<Entity>
{
    private readonly Dictionary<string, LinkedListNode<Entity>> _byId = new(StringComparer.Ordinal);
    private readonly LinkedList<Entity> _ordered = new();

    public EntityClass Class { get; } = entityClass;

    public int Count => _ordered.Count;

    /// <summary>True for the cloud's diary (jobs, events), whose growth is no change of the cloud.</summary>
    public bool IsJournal { get; init; }

    public Entity? Find(string id) => _byId.TryGetValue(id, out var node) ? node.Value : null;

    public void Add(Entity entity)
    {
        _byId.Add(entity.Id, _ordered.AddLast(entity));
        entity.Table = this;
        Touch();
    }

    public void Remove(Entity entity)
    {
        if (_byId.Remove(entity.Id, out var node))
        {
            _ordered.Remove(node);
            Touch();
            entity.Table = null;
        }
    }

    public void Touch()
    {
        if (!IsJournal)
        {
            store.Touch();
        }
    }

    public IEnumerator<Entity> GetEnumerator() => _ordered.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
