using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.State;

/// <summary>What a change left in the cloud, noted while it's made again.</summary>
internal sealed class ChangeTrace : IDisposable
{
    private readonly CloudState _state;
    private readonly List<string> _made = [];

    public ChangeTrace(CloudState state)
    {
        _state = state;
        Order = state.Timeline.Order;
        state.Store.Added += Note;
    }

    /// <summary>How far the clock's own numbering was before the change.</summary>
    public long Order { get; }

    /// <summary>The objects it made, without jobs and events.</summary>
    public IReadOnlyList<string> Made => _made;

    public void Dispose() => _state.Store.Added -= Note;

    private void Note(Entity entity)
    {
        if (!entity.Table!.IsJournal)
        {
            _made.Add(entity.Id);
        }
    }
}
