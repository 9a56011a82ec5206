using System.Text.Json;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Client;
using CloudStack.PowerShell.Pipeline;

namespace CloudStack.PowerShell.Tests;

/// <summary>The bridge from an operation's threads to the pipeline's.</summary>
public sealed class PipelineHostTests
{
    [Fact]
    public void Calls_are_made_on_the_callers_thread_in_order()
    {
        var pipeline = new RecordingPipeline();

        var result = Host().Run(
            async (host, token) =>
            {
                host.Verbose("begun");
                await Task.Yield();
                await host.EmitAsync(Object(1), token);
                host.Report(new OperationProgress("a", "half", null, null, TimeSpan.Zero, false));
                await host.EmitAsync(Object(2), token);
                host.Warn("done");
                return 7;
            },
            pipeline,
            CancellationToken.None);

        Assert.Equal(7, result);
        Assert.Equal(["verbose begun", "write 1", "progress half", "write 2", "warn done"], pipeline.Calls);
        Assert.Equal([Environment.CurrentManagedThreadId], pipeline.Threads);
    }

    [Fact]
    public void A_confirmation_waits_for_the_pipelines_answer()
    {
        var pipeline = new RecordingPipeline { OnConfirm = _ => ConfirmationAnswer.Declined };

        var answer = Host().Run((host, token) => host.ConfirmAsync(Question(), token).AsTask(), pipeline, CancellationToken.None);

        Assert.Equal(ConfirmationAnswer.Declined, answer);
        Assert.Equal(["confirm web-01"], pipeline.Calls);
    }

    [Fact]
    public void A_confirmation_that_nobody_can_answer_fails_the_operation()
    {
        var refusal = new CloudException(ErrorCause.NotConfirmed, "Nobody is there.", "Add -Force.");
        var pipeline = new RecordingPipeline { OnConfirm = _ => throw refusal };

        var error = Assert.Throws<CloudException>(() =>
            Host().Run((host, token) => host.ConfirmAsync(Question(), token).AsTask(), pipeline, CancellationToken.None));

        Assert.Same(refusal, error);
    }

    [Fact]
    public void The_operations_error_reaches_the_caller_after_what_it_wrote()
    {
        var pipeline = new RecordingPipeline();

        var error = Assert.Throws<CloudException>(() => Host().Run<int>(
            async (host, token) =>
            {
                await host.EmitAsync(Object(1), token);
                throw new CloudException(ErrorCause.ServerFault, "It broke.", "Try again.");
            },
            pipeline,
            CancellationToken.None));

        Assert.Equal(ErrorCause.ServerFault, error.Cause);
        Assert.Equal(["write 1"], pipeline.Calls);
    }

    [Fact]
    public async Task A_pipeline_that_ends_early_ends_the_operation()
    {
        var ended = new TaskCompletionSource();
        var pipeline = new RecordingPipeline { OnWrite = _ => throw new InvalidOperationException("no more") };

        Assert.Throws<InvalidOperationException>(() => Host().Run<int>(
            async (host, token) =>
            {
                using var _ = token.Register(ended.SetResult);
                await host.EmitAsync(Object(1), token);
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            },
            pipeline,
            CancellationToken.None));

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Stopping_leaves_at_once_and_the_last_warning_still_shows()
    {
        var late = new TaskCompletionSource<string>();
        using var stop = new CancellationTokenSource();
        var pipeline = new RecordingPipeline();

        Assert.ThrowsAny<OperationCanceledException>(() => new PipelineHost(late.SetResult).Run<int>(
            async (host, token) =>
            {
                try
                {
                    await stop.CancelAsync();
                    await Task.Delay(Timeout.Infinite, token);
                    return 0;
                }
                finally
                {
                    host.Warn("the job goes on");
                }
            },
            pipeline,
            stop.Token));

        Assert.Equal("the job goes on", await late.Task.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.DoesNotContain("warn the job goes on", pipeline.Calls);
    }

    [Fact]
    public async Task A_slow_pipeline_holds_the_operation_back()
    {
        var emitted = 0;
        var atFirstWrite = 0;
        using var gate = new ManualResetEventSlim();
        var pipeline = new RecordingPipeline
        {
            OnWrite = _ =>
            {
                if (atFirstWrite == 0)
                {
                    gate.Wait(TimeSpan.FromSeconds(10));
                    atFirstWrite = Volatile.Read(ref emitted);
                }
            },
        };

        var running = Task.Run(() => Host().Run(
            async (host, token) =>
            {
                for (var i = 0; i < 2000; i++)
                {
                    var emit = host.EmitAsync(Object(i), token);
                    if (!emit.IsCompleted)
                    {
                        gate.Set();
                    }

                    await emit;
                    Interlocked.Increment(ref emitted);
                }

                return 0;
            },
            pipeline,
            CancellationToken.None));
        await running;

        Assert.InRange(atFirstWrite, 1, 300);
        Assert.Equal(2000, pipeline.Calls.Count);
    }

    private static PipelineHost Host() => new(_ => { });

    private static CloudObject Object(int id) => new(JsonDocument.Parse($"{{\"id\":\"{id}\"}}").RootElement);

    private static Confirmation Question() => new(
        CloudStackCatalog.Load().FindCommand("destroyVirtualMachine")!, new Dictionary<string, object>(), [], "")
    {
        TargetText = "web-01",
    };
}
