using System.Globalization;
using Cloud.Core.Errors;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace CloudStack.Client.Http;

/// <summary>
/// When a call is tried again: a read after anything that may pass; anything else only where no connection came about, so
/// that no change can happen twice. All tries together have a limit, and a host that fails again and again is left alone
/// for a while.
/// </summary>
internal sealed class RetryPolicy
{
    // A server that asks for a longer pause than this is better told to the person than waited for.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    private readonly CloudStackConnection _connection;
    private readonly ResiliencePipeline<Attempt> _reads;
    private readonly ResiliencePipeline<Attempt> _changes;
    private readonly ResiliencePipeline<Attempt> _questions;

    public RetryPolicy(CloudStackConnection connection, TimeProvider time)
    {
        _connection = connection;
        var breaker = Breaker(time);
        _reads = Build(connection, time, static attempt => attempt.IsTransient, breaker);
        _changes = Build(connection, time, static attempt => attempt is { IsTransient: true, Delivery: Delivery.NotSent }, breaker);
        _questions = Build(connection, time, static attempt => attempt.IsTransient, ResiliencePipeline<Attempt>.Empty);
    }

    /// <summary>Runs a call.</summary>
    public ValueTask<Attempt> RunAsync(ApiCall call, Func<CancellationToken, ValueTask<Attempt>> attempt, CancellationToken cancellationToken) =>
        RunAsync(call.IsRepeatable ? _reads : _changes, call, attempt, cancellationToken);

    /// <summary>Asks about a call whose answer was lost; a host that is being left alone is asked all the same.</summary>
    public ValueTask<Attempt> AskAsync(ApiCall call, Func<CancellationToken, ValueTask<Attempt>> attempt, CancellationToken cancellationToken) =>
        RunAsync(_questions, call, attempt, cancellationToken);

    private async ValueTask<Attempt> RunAsync(
        ResiliencePipeline<Attempt> pipeline, ApiCall call, Func<CancellationToken, ValueTask<Attempt>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException e)
        {
            return OutOfTime(call.Spec.Name, e);
        }
        catch (BrokenCircuitException e)
        {
            return LeftAlone(call.Spec.Name, e);
        }
    }

    private static ResiliencePipeline<Attempt> Build(
        CloudStackConnection connection, TimeProvider time, Func<Attempt, bool> mayRepeat, ResiliencePipeline<Attempt> breaker)
    {
        var pipeline = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }.AddTimeout(connection.OperationTimeout);
        if (connection.Retries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<Attempt>
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
            });
        }

        return pipeline.AddPipeline(breaker).Build();
    }

    private static ResiliencePipeline<Attempt> Breaker(TimeProvider time) => new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Attempt>
        {
            FailureRatio = 0.9,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = Rest,
            ShouldHandle = static arguments => new ValueTask<bool>(
                arguments.Outcome.Result is { IsTransient: true, Error: { Cause: ErrorCause.Unreachable or ErrorCause.Unavailable } }),
        })
        .Build();

    private Attempt OutOfTime(string command, Exception e) => Attempt.Failure(
        Delivery.Lost,
        new CloudException(
            ErrorCause.TimedOut,
            string.Create(CultureInfo.InvariantCulture, $"{command} didn't come to an end within {_connection.OperationTimeout.TotalSeconds:0} s, all tries together."),
            "Try again later, or give the connection a longer time for an operation.",
            e) { Command = command },
        isTransient: false);

    private Attempt LeftAlone(string command, BrokenCircuitException e) => Attempt.Failure(
        Delivery.NotSent,
        new CloudException(
            ErrorCause.Unavailable,
            string.Create(CultureInfo.InvariantCulture, $"{_connection.Url.Authority} failed again and again, so it's left alone for {Rest.TotalSeconds:0} s; {command} wasn't sent."),
            "Wait a moment; if it goes on, check that the management server runs.",
            e) { Command = command, RetryAfter = e.RetryAfter },
        isTransient: false);
}
