using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access.Limits;

/// <summary>How much of everything each account and project has; counted anew when the cloud has changed.</summary>
internal sealed class OwnedAmounts(CloudState state)
{
    private volatile Count? _last;

    /// <summary>How much an account or project has, or all those of a domain and the domains below have together.</summary>
    public long Of(Entity holder, LimitedResource resource)
    {
        var count = Current();
        return holder.Class.Name == ResultClass.Domain
            ? count.Holders.Where(one => DomainTree.Contains(holder, one.Owner!.Domain)).Sum(one => count.Of(one, resource))
            : count.Of(holder, resource);
    }

    // Readers may come here side by side: a count that one of them makes in vain does no harm.
    private Count Current()
    {
        var version = state.Store.Version;
        if (_last is not { } last || last.Version != version)
        {
            _last = last = new Count(state, version);
        }

        return last;
    }

    private sealed class Count
    {
        // One pass over each class, however many resources it counts for.
        private static readonly IGrouping<string, (LimitedResource Resource, Func<Entity, long> Weight)>[] ByClass =
        [
            .. LimitedResource.All
                .SelectMany(resource => resource.Counts.Select(count => (count.Class, Weight: (resource, count.Weight))))
                .GroupBy(count => count.Class, count => count.Weight),
        ];

        private readonly Dictionary<Entity, long[]> _amounts = [];

        public Count(CloudState state, long version)
        {
            Version = version;
            foreach (var weights in ByClass)
            {
                foreach (var entity in state.Table(weights.Key).Where(entity => entity.Owner is not null))
                {
                    foreach (var (resource, weight) in weights)
                    {
                        Add(entity.Owner!.Holder, resource, weight(entity));
                    }
                }
            }

            foreach (var project in state.Table(ResultClass.Project))
            {
                if (ProjectBuilder.MembersOf(project) is [var maker, ..])
                {
                    Add(maker, LimitedResource.Project, 1);
                }
            }
        }

        public long Version { get; }

        public IEnumerable<Entity> Holders => _amounts.Keys;

        public long Of(Entity holder, LimitedResource resource) =>
            _amounts.TryGetValue(holder, out var amounts) ? amounts[resource.Number] : 0;

        private void Add(Entity holder, LimitedResource resource, long amount)
        {
            if (!_amounts.TryGetValue(holder, out var amounts))
            {
                _amounts[holder] = amounts = new long[LimitedResource.All.Count];
            }

            amounts[resource.Number] += amount;
        }
    }
}
