using Cloud.Core.Audit;
using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using Cloud.Core.Telemetry;

namespace Cloud.Core.Operations;

/// <summary>
/// Runs one operation for any face on any cloud: bind, resolve names, confirm, audit, send, follow the job, emit. Each
/// step is a class of its own; this class only puts them in order.
/// </summary>
/// <param name="audit">Where the audit trail goes.</param>
/// <param name="policy">How often a job is asked about.</param>
/// <param name="time">The clock.</param>
public sealed class OperationRunner(IAuditLog audit, FollowPolicy policy, TimeProvider time) : IOperations
{
    /// <inheritdoc/>
    public async Task<OperationOutcome> RunAsync(
        OperationRequest request, ICloudProvider provider, IOperationHost host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(host);
        var spec = CommandBinder.FindCommand(provider.Catalog, request.Command);
        var bound = CommandBinder.Bind(provider.Catalog, spec, request.Arguments) with { MayUseCache = request.MayUseCache };
        using var activity = OperationTelemetry.Start(spec, request.Profile);
        var trail = new AuditTrail(audit, time, request, provider.Endpoint, bound, host);
        try
        {
            var resolved = await new NameResolver(provider).ResolveAsync(bound, cancellationToken).ConfigureAwait(false);
            trail.Use(resolved.Command);
            if (!spec.IsRead && await ConfirmAsync(request, resolved, provider, host, trail, cancellationToken).ConfigureAwait(false) is { } stopped)
            {
                await trail.EndAsync(stopped).ConfigureAwait(false);
                OperationTelemetry.End(activity, spec, stopped);
                return stopped;
            }

            await trail.BeginAsync(cancellationToken).ConfigureAwait(false);
            var outcome = await SendAsync(request, resolved.Command, provider, host, trail, cancellationToken).ConfigureAwait(false);
            await trail.EndAsync(outcome).ConfigureAwait(false);
            OperationTelemetry.End(activity, spec, outcome);
            return outcome;
        }
        catch (Exception error) when (error is CloudException or OperationCanceledException)
        {
            await trail.FailAsync(error).ConfigureAwait(false);
            OperationTelemetry.Fail(activity, error);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<JobSnapshot> FollowAsync(
        string jobId, string? command, ICloudProvider provider, IOperationHost host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(host);
        var spec = command is null ? null : provider.Catalog.FindCommand(command);
        return FollowAsync(jobId, spec, isOwn: false, provider, host, cancellationToken);
    }

    private async Task<JobSnapshot> FollowAsync(
        string jobId, CommandSpec? spec, bool isOwn, ICloudProvider provider, IOperationHost host, CancellationToken cancellationToken)
    {
        var ended = await new JobFollower(provider, policy, time)
            .FollowAsync(jobId, spec, isOwn, host, cancellationToken).ConfigureAwait(false);
        if (ended.Error is not null)
        {
            throw ended.Error;
        }

        if (ended.Result is { } result)
        {
            await host.EmitAsync(result, cancellationToken).ConfigureAwait(false);
        }

        return ended;
    }

    private static async Task<OperationOutcome?> ConfirmAsync(
        OperationRequest request, ResolvedCommand resolved, ICloudProvider provider, IOperationHost host, AuditTrail trail,
        CancellationToken cancellationToken)
    {
        var confirmation = await new ConfirmationBuilder(provider, request.KnownNames, request.ReadsTarget)
            .BuildAsync(resolved, cancellationToken).ConfigureAwait(false);
        var answer = await host.ConfirmAsync(confirmation, cancellationToken).ConfigureAwait(false);
        trail.Confirmed(answer);
        OperationStatus? stopped = answer switch
        {
            ConfirmationAnswer.Approved => null,
            ConfirmationAnswer.Deferred => OperationStatus.Deferred,
            ConfirmationAnswer.WhatIf => OperationStatus.WhatIf,
            _ => OperationStatus.Declined,
        };
        return stopped is { } status ? new OperationOutcome(status, resolved.Command.Spec) : null;
    }

    private async Task<OperationOutcome> SendAsync(
        OperationRequest request, BoundCommand command, ICloudProvider provider, IOperationHost host, AuditTrail trail,
        CancellationToken cancellationToken)
    {
        var spec = command.Spec;
        host.Verbose(CallText.Of(command, provider.Endpoint));
        if (spec is { IsPaged: true, IsList: true })
        {
            return await ListAsync(request, command, provider, host, cancellationToken).ConfigureAwait(false);
        }

        var reply = await provider.SendAsync(command, cancellationToken).ConfigureAwait(false);
        if (reply.JobId is not { } jobId)
        {
            return await EmitAsync(request, spec, reply, host, cancellationToken).ConfigureAwait(false);
        }

        trail.Started(jobId);
        if (request.NoWait)
        {
            return new OperationOutcome(OperationStatus.JobStarted, spec) { JobId = jobId, EntityId = reply.EntityId };
        }

        var ended = await FollowAsync(jobId, spec, isOwn: true, provider, host, cancellationToken).ConfigureAwait(false);
        return new OperationOutcome(OperationStatus.Completed, spec)
        {
            JobId = jobId,
            EntityId = reply.EntityId,
            Emitted = ended.Result is null ? 0 : 1,
            Text = ended.Text,
        };
    }

    private async Task<OperationOutcome> ListAsync(
        OperationRequest request, BoundCommand command, ICloudProvider provider, IOperationHost host, CancellationToken cancellationToken)
    {
        var emitted = 0L;
        long? total = null;
        var begun = time.GetTimestamp();
        var list = command with { LendsPages = !host.KeepsObjects };
        await foreach (var page in provider.PageAsync(list, request.Rows, cancellationToken).ConfigureAwait(false))
        {
            total = page.TotalCount ?? total;
            foreach (var item in page.Objects)
            {
                await host.EmitAsync(item, cancellationToken).ConfigureAwait(false);
                emitted++;
            }

            ListProgress.Report(host, command.Spec, request.Rows, emitted, total, time.GetElapsedTime(begun));
            if (!host.KeepsObjects)
            {
                page.Release();
            }

            if (!host.TakesMore)
            {
                break;
            }
        }

        return new OperationOutcome(OperationStatus.Completed, command.Spec) { Emitted = emitted, TotalCount = total };
    }

    private static async Task<OperationOutcome> EmitAsync(
        OperationRequest request, CommandSpec spec, CommandReply reply, IOperationHost host, CancellationToken cancellationToken)
    {
        var emitted = 0L;
        var wanted = spec.IsList
            ? reply.Objects.Skip((int)Math.Min(request.Rows.Skip, int.MaxValue))
                .Take((int)Math.Min(request.Rows.First ?? int.MaxValue, int.MaxValue))
            : reply.Objects;
        foreach (var item in wanted)
        {
            await host.EmitAsync(item, cancellationToken).ConfigureAwait(false);
            emitted++;
        }

        return new OperationOutcome(OperationStatus.Completed, spec)
        {
            Emitted = emitted,
            TotalCount = reply.TotalCount,
            EntityId = reply.EntityId,
            Text = reply.Text,
        };
    }
}
