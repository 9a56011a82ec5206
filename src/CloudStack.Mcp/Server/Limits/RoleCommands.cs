using Cloud.Core.Errors;
using Cloud.Core.Operations;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Server.Limits;

/// <summary>
/// What the connected role may call, by the server's own word. It only hides what couldn't be called anyway: where the
/// server can't be asked, nothing is hidden, and a call that the role may not make is refused by the server itself.
/// </summary>
/// <param name="question">The command that lists what may be called.</param>
/// <param name="provider">The cloud. It's asked directly: the audit trail is for what callers do.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of a question that failed, or null.</param>
internal sealed class RoleCommands(string question, Lazy<ICloudProvider> provider, TimeProvider time, ILoggerFactory? logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Sulk = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _turn = new();
    private IReadOnlySet<string>? _known;
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _asking;
    private bool _unfiltered;
    private DateTimeOffset _askAgain = DateTimeOffset.MinValue;

    /// <summary>Tells whether a command is one that the role may call, or may be one.</summary>
    /// <param name="command">The command's API name.</param>
    public bool MayCall(string command) => _known?.Contains(command) != false;

    /// <summary>
    /// Asks the server where that wasn't done lately. A slow server isn't waited for: its answer counts from when it comes.
    /// </summary>
    /// <param name="cancellationToken">Stops the wait; the question goes on.</param>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Task asking;
        lock (_turn)
        {
            if (_asking is null && time.GetUtcNow() < _askAgain)
            {
                return;
            }

            asking = _asking ??= Task.Run(AskAsync, CancellationToken.None);
        }

        // What is known stays in use while it's asked for anew.
        if (_known is null)
        {
            _unfiltered = await Task.WhenAny(asking, Task.Delay(Patience, cancellationToken)) != asking;
        }
    }

    /// <summary>Ends when what the role may call is other than what was last known, for which the server is asked again from time to time.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task ChangeAsync(CancellationToken cancellationToken)
    {
        Task change;
        lock (_turn)
        {
            change = _change.Task;
        }

        while (await Task.WhenAny(change, Task.Delay(Fresh, time, cancellationToken)) != change)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_known is not null)
            {
                await RefreshAsync(cancellationToken);
            }
        }
    }

    private async Task AskAsync()
    {
        IReadOnlySet<string>? found = null;
        try
        {
            var cloud = provider.Value;
            var spec = cloud.Catalog.FindCommand(question)!;
            var reply = await cloud.SendAsync(new BoundCommand(spec, new Dictionary<string, object>()), CancellationToken.None);
            found = reply.Objects.Select(api => api.GetText("name")).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
        catch (CloudException error)
        {
            logger?.CreateLogger<RoleCommands>().LogWarning(
                "What the connected role may call is not known, so no command is hidden: {Message}", error.Message);
        }
        finally
        {
            lock (_turn)
            {
                if (found is { Count: > 0 })
                {
                    var changed = _known?.SetEquals(found) == false || (_known is null && _unfiltered);
                    _known = found;
                    if (changed)
                    {
                        _change.SetResult();
                        _change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    }
                }

                _askAgain = time.GetUtcNow() + (found is null ? Sulk : Fresh);
                _asking = null;
            }
        }
    }
}
