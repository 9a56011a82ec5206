using System.Diagnostics.CodeAnalysis;
using Cloud.Core.Binding;
using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace CloudStack.Mcp.Operation.Health;

/// <summary>How a cloud was when it was last asked.</summary>
/// <param name="Cloud">Its name.</param>
/// <param name="Cause">Why it couldn't be used, or null where it could.</param>
/// <param name="RoundTrip">How long the cheapest question took.</param>
/// <param name="When">When it was asked.</param>
internal sealed record CloudHealth(string Cloud, ErrorCause? Cause, TimeSpan RoundTrip, DateTimeOffset When)
{
    /// <summary>True where it answered.</summary>
    public bool IsReady => Cause is null;
}

/// <summary>Asks one cloud whether it can be used, at most once in a while, however often it's asked for.</summary>
/// <param name="cloud">The cloud's name.</param>
/// <param name="provider">The cloud.</param>
/// <param name="time">The clock.</param>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle is never asked for holds nothing to release.")]
internal sealed class CloudProbe(string cloud, Func<ICloudProvider> provider, TimeProvider time)
{
    // The cheapest question that needs valid keys.
    private const string Question = "listCapabilities";

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>What was last found, or null.</summary>
    public CloudHealth? Last { get; private set; }

    /// <summary>Finds out how the cloud is.</summary>
    /// <param name="cancellationToken">Stops the question.</param>
    public async Task<CloudHealth> AskAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Last is { } last && time.GetUtcNow() - last.When < Kept)
            {
                return last;
            }

            var begun = time.GetTimestamp();
            var cause = await TryAsync(cancellationToken);
            return Last = new CloudHealth(cloud, cause, time.GetElapsedTime(begun), time.GetUtcNow());
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<ErrorCause?> TryAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var asked = provider();
            var spec = CommandBinder.FindCommand(asked.Catalog, Question);
            await asked.SendAsync(CommandBinder.Bind(asked.Catalog, spec, new Dictionary<string, object?>()), either.Token);
            return null;
        }
        catch (CloudException error)
        {
            return error.Cause;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ErrorCause.TimedOut;
        }
    }
}
