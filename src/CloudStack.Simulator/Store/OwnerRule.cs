namespace CloudStack.Simulator.Store;

/// <summary>A rule by owner while a table is gone through; it's asked once per owner, and objects are looked at only for that.</summary>
/// <param name="isShown">Whether an object is let through; objects of one owner are treated alike.</param>
internal sealed class OwnerRule(Func<Entity, bool> isShown)
{
    private readonly Dictionary<Owner, bool> _known = [];
    private Owner? _latest;
    private bool _isLatestShown;

    /// <summary>Whether the object in a slot is let through; an empty slot isn't.</summary>
    public bool Shows(Owner? owner, Entity? entity)
    {
        if (owner is not null && owner == _latest)
        {
            return _isLatestShown;
        }

        if (entity is null)
        {
            return false;
        }

        if (owner is null)
        {
            return isShown(entity);
        }

        if (!_known.TryGetValue(owner, out var shown))
        {
            _known[owner] = shown = isShown(entity);
        }

        (_latest, _isLatestShown) = (owner, shown);
        return shown;
    }
}
