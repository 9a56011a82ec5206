using Polly;
using Polly.Retry;

namespace CloudStack.Client.Http;

/// <summary>
/// When a call is tried again: a read after anything that may pass; anything else only where no connection came about, so
/// that no change can happen twice.
/// </summary>
internal sealed class RetryPolicy
{
    // A server that asks for a longer pause than this is better told to the person than waited for.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly ResiliencePipeline<Attempt> _reads;
    private readonly ResiliencePipeline<Attempt> _changes;

    public RetryPolicy(CloudStackConnection connection, TimeProvider time)
    {
        _reads = Build(connection, time, static attempt => attempt.IsTransient);
        _changes = Build(connection, time, static attempt => attempt is { IsTransient: true, Delivery: Delivery.NotSent });
    }

    public ValueTask<Attempt> RunAsync(bool isRepeatable, Func<CancellationToken, ValueTask<Attempt>> attempt, CancellationToken cancellationToken) =>
        (isRepeatable ? _reads : _changes).ExecuteAsync(attempt, cancellationToken);

    private static ResiliencePipeline<Attempt> Build(CloudStackConnection connection, TimeProvider time, Func<Attempt, bool> mayRepeat)
    {
        if (connection.Retries <= 0)
        {
            return ResiliencePipeline<Attempt>.Empty;
        }

        return new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = connection.Retries,
                Delay = connection.RetryDelay,
                MaxDelay = TimeSpan.FromSeconds(15),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => new ValueTask<bool>(
                    arguments.Outcome.Result is { Error: { } error } attempt && mayRepeat(attempt)
                    && !(error.RetryAfter > LongestPause)),
                DelayGenerator = static arguments => new ValueTask<TimeSpan?>(arguments.Outcome.Result?.Error?.RetryAfter),
            })
            .Build();
    }
}
