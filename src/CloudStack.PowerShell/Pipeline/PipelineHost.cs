using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>
/// The bridge between an operation, which runs on pool threads, and PowerShell, which answers on the pipeline's thread
/// only: the operation's calls queue up here and <see cref="Run"/> makes them where they may be made.
/// </summary>
/// <param name="warnAfterStop">Shows a warning that comes when the pipeline no longer listens.</param>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle is never asked for holds nothing to release.")]
internal sealed class PipelineHost(Action<string> warnAfterStop) : IOperationHost
{
    // Enough to keep both sides busy, little enough that a stream of any length stays flat in memory.
    private const int MostUnwritten = 256;

    private readonly Channel<Call> _calls =
        Channel.CreateUnbounded<Call>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _room = new(MostUnwritten);
    private volatile bool _stopped;

    /// <summary>Runs an operation to its end, making its calls on the calling thread.</summary>
    /// <typeparam name="T">What the operation comes to.</typeparam>
    /// <param name="operation">The operation.</param>
    /// <param name="pipeline">Where the calls go; an exception from it ends the operation.</param>
    /// <param name="cancellationToken">Leaves at once; the operation is told and ends by itself.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public T Run<T>(
        Func<PipelineHost, CancellationToken, Task<T>> operation, IPipeline pipeline, CancellationToken cancellationToken)
    {
        // Told to end only after this side stopped listening, so that the last warning isn't queued for nobody.
        using var ending = new CancellationTokenSource();
        var token = ending.Token;
        var running = Task.Run(
            async () =>
            {
                try
                {
                    return await operation(this, token).ConfigureAwait(false);
                }
                finally
                {
                    _calls.Writer.TryComplete();
                }
            },
            CancellationToken.None);
        try
        {
            while (_calls.Reader.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult())
            {
                while (_calls.Reader.TryRead(out var call))
                {
                    if (call.Result is { } result)
                    {
                        _room.Release();
                        pipeline.Write(result, call.HasMore);
                    }
                    else
                    {
                        call.Other!(pipeline);
                    }
                }
            }

            return running.GetAwaiter().GetResult();
        }
        finally
        {
            _stopped = true;
            ending.Cancel();
        }
    }

    /// <inheritdoc/>
    public async ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        // Looked at here, while the pipeline's thread is busy with the rows before.
        var hasMore = UnknownFields.Any(result);
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        _calls.Writer.TryWrite(new Call(result, hasMore, null));
    }

    /// <inheritdoc/>
    public async ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<ConfirmationAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue(pipeline =>
        {
            try
            {
                answer.TrySetResult(pipeline.Confirm(confirmation));
            }
            catch (CloudException error)
            {
                answer.TrySetException(error);
            }
        });
        return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Report(OperationProgress progress) => Queue(pipeline => pipeline.Report(progress));

    /// <inheritdoc/>
    public void Warn(string message)
    {
        if (_stopped)
        {
            warnAfterStop(message);
            return;
        }

        Queue(pipeline => pipeline.Warn(message));
    }

    /// <summary>Shows an error that ends the work on one of several things and not the operation.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">What it's about.</param>
    public void Fail(CloudException error, object target) => Queue(pipeline => pipeline.Fail(error, target));

    /// <inheritdoc/>
    public void Verbose(string message) => Queue(pipeline => pipeline.Verbose(message));

    /// <summary>Shows a detail for those who look for a fault.</summary>
    /// <param name="message">One line without secrets.</param>
    public void Debug(string message) => Queue(pipeline => pipeline.Debug(message));

    private void Queue(Action<IPipeline> call) => _calls.Writer.TryWrite(new Call(null, false, call));

    // Results are most of what is called, and need no closure each.
    private readonly record struct Call(CloudObject? Result, bool HasMore, Action<IPipeline>? Other);
}
