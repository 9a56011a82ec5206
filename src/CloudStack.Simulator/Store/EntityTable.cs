using System.Collections;

namespace CloudStack.Simulator.Store;

/// <summary>
/// The objects of one result class in the order they were made. Their owners stand beside them, one after the other, so
/// that a list of 100,000 is counted without looking at each object.
/// </summary>
internal sealed class EntityTable(CloudStore store, EntityClass entityClass) : IEnumerable<Entity>
{
    private const int FirstSize = 4;

    private Entity?[] _entities = [];
    private Owner?[] _owners = [];
    private int _end;

    public EntityClass Class { get; } = entityClass;

    public int Count { get; private set; }

    /// <summary>True for the cloud's diary (jobs, events), whose growth is no change of the cloud.</summary>
    public bool IsJournal { get; init; }

    /// <summary>True where who may see an object depends on its owner alone.</summary>
    public bool IsRuledByOwner { get; } =
        !entityClass.Has("ispublic") && !entityClass.Has("acltype") && entityClass.Name != ResultClass.Domain;

    /// <summary>The object of an identifier, or null where the table has none.</summary>
    public Entity? Find(string id) => store.Find(id) is { } known && known.Table == this ? known
        // Classes that number their objects may repeat another class's number.
        : Guid.TryParseExact(id, "D", out _) ? null : this.FirstOrDefault(entity => entity.Id == id);

    public void Add(Entity entity)
    {
        if (_end == _entities.Length)
        {
            Array.Resize(ref _entities, Math.Max(FirstSize, _end * 2));
            Array.Resize(ref _owners, _entities.Length);
        }

        (_entities[_end], _owners[_end]) = (entity, entity.Owner);
        entity.Table = this;
        entity.Slot = _end++;
        Count++;
        Touch();
    }

    public void Remove(Entity entity)
    {
        (_entities[entity.Slot], _owners[entity.Slot]) = (null, null);
        entity.Table = null;
        Count--;
        Touch();
        CloseGaps();
    }

    /// <summary>Notes that an object went to another owner.</summary>
    public void Reown(Entity entity) => _owners[entity.Slot] = entity.Owner;

    public void Touch()
    {
        if (!IsJournal)
        {
            store.Touch();
        }
    }

    /// <summary>Counts the objects that a rule by owner lets through, and picks a page of them.</summary>
    /// <param name="isShown">The rule; it's asked once per owner.</param>
    /// <param name="skip">How many come before the page.</param>
    /// <param name="take">How many the page holds at most.</param>
    /// <param name="page">Takes the page's objects.</param>
    /// <returns>How many there are on all pages.</returns>
    public long Page(Func<Entity, bool> isShown, long skip, long take, List<Entity> page)
    {
        var rule = new OwnerRule(isShown);
        long count = 0;
        for (var slot = 0; slot < _end; slot++)
        {
            if (!rule.Shows(_owners[slot], _entities[slot]))
            {
                continue;
            }

            if (count >= skip && page.Count < take)
            {
                page.Add(_entities[slot]!);
            }

            count++;
        }

        return count;
    }

    /// <summary>The objects that a rule by owner lets through; what others own isn't looked at.</summary>
    /// <param name="isShown">The rule; it's asked once per owner.</param>
    public IEnumerable<Entity> Of(Func<Entity, bool> isShown)
    {
        var rule = new OwnerRule(isShown);
        for (var slot = 0; slot < _end; slot++)
        {
            if (rule.Shows(_owners[slot], _entities[slot]))
            {
                yield return _entities[slot]!;
            }
        }
    }

    public IEnumerator<Entity> GetEnumerator()
    {
        for (var slot = 0; slot < _end; slot++)
        {
            if (_entities[slot] is { } entity)
            {
                yield return entity;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Moves the objects together where more than half of the slots are empty.</summary>
    private void CloseGaps()
    {
        if (_end <= FirstSize || Count * 2 > _end)
        {
            return;
        }

        var end = 0;
        for (var slot = 0; slot < _end; slot++)
        {
            if (_entities[slot] is { } entity)
            {
                (_entities[end], _owners[end]) = (entity, entity.Owner);
                entity.Slot = end++;
            }
        }

        Array.Clear(_entities, end, _end - end);
        Array.Clear(_owners, end, _end - end);
        _end = end;
    }
}
