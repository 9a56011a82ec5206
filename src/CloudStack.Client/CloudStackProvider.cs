using System.Runtime.CompilerServices;
using System.Text.Json;
using Cloud.Core.Caching;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Client.Answers;
using CloudStack.Client.Caching;
using CloudStack.Client.Http;
using CloudStack.Client.Models;
using CloudStack.Client.Naming;
using CloudStack.Client.Paging;

namespace CloudStack.Client;

/// <summary>Apache CloudStack as the operation pipeline sees it.</summary>
public sealed class CloudStackProvider : ICloudProvider, IDisposable
{
    private readonly CloudStackClient _client;
    private readonly ReplyReader _replies;
    private readonly JobReader _jobs;
    private readonly NameFinder _names;
    private readonly NameCache _known;
    private readonly ListCache _lists;
    private readonly PollPace _pace;

    /// <summary>Makes a provider over a client, which it disposes.</summary>
    /// <param name="client">The client.</param>
    /// <param name="catalog">The commands, or null for the built-in ones.</param>
    public CloudStackProvider(CloudStackClient client, CommandCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        Catalog = catalog ?? CloudStackCatalog.Load();
        _replies = new ReplyReader(CreateModel);
        _jobs = new JobReader(CreateModel);
        _names = new NameFinder(Catalog, PageAsync);
        Cache = new TimedCache(client.Connection.Cache, client.Time);
        _known = new NameCache(Cache);
        _lists = new ListCache(Cache, client.Connection.CachesLists);
        _pace = new PollPace(client.Connection.PollsPerSecond, client.Time);
    }

    /// <inheritdoc/>
    public string Name => "CloudStack";

    /// <inheritdoc/>
    public Uri Endpoint => _client.Connection.Url;

    /// <inheritdoc/>
    public CommandCatalog Catalog { get; }

    /// <summary>What is remembered of the cloud for this caller: names, and lists where that was asked for.</summary>
    public TimedCache Cache { get; }

    /// <summary>Makes a provider for a connection.</summary>
    /// <param name="connection">Where and as whom.</param>
    /// <param name="handler">The HTTP handler to send through, which the caller disposes; null for one of the provider's own.</param>
    /// <param name="time">The clock, or null for the system's.</param>
    /// <returns>The provider; nothing is sent yet.</returns>
    public static CloudStackProvider Create(CloudStackConnection connection, HttpMessageHandler? handler = null, TimeProvider? time = null) =>
        new(new CloudStackClient(connection, handler, time));

    /// <inheritdoc/>
    public CloudObject CreateModel(string resultClass, JsonElement json) => ModelFactory.Create(resultClass, json);

    /// <inheritdoc/>
    public Task<CommandReply> SendAsync(BoundCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return _lists.Serves(command)
            ? _lists.ReplyAsync(command, () => AskAsync(command, cancellationToken))
            : AskAsync(command, cancellationToken);
    }

    private async Task<CommandReply> AskAsync(BoundCommand command, CancellationToken cancellationToken)
    {
        SendOutcome outcome;
        try
        {
            outcome = await _client.SendAsync(command, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also where it failed: what is said to have failed may have happened in part.
            ChangedClasses.Drop(Cache, Catalog, command.Spec);
        }

        return outcome.Answer is { } answer
            ? _replies.Read(answer.Envelope, command.Spec, outcome.Secrets)
            : new CommandReply { JobId = outcome.JobId, EntityId = outcome.EntityId };
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ResultPage> PageAsync(BoundCommand command, RowRange rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        return _lists.Serves(command) && IsPagedHere(command)
            ? _lists.PagesAsync(
                command, rows, () => ReadPagesAsync(command with { LendsPages = false }, rows, cancellationToken), cancellationToken)
            : ReadPagesAsync(command, rows, cancellationToken);
    }

    // A caller who asks for a certain page means that page.
    private static bool IsPagedHere(BoundCommand command) =>
        command.Spec.IsPaged && !command.Arguments.ContainsKey("page") && !command.Arguments.ContainsKey("pagesize");

    private IAsyncEnumerable<ResultPage> ReadPagesAsync(BoundCommand command, RowRange rows, CancellationToken cancellationToken) =>
        IsPagedHere(command)
            ? new PageReader(ReadPageAsync, _client.Connection.PageSize).ReadAsync(command, rows, cancellationToken)
            : OnePageAsync(command, rows, cancellationToken);

    /// <inheritdoc/>
    public async Task<JobSnapshot> PollAsync(string jobId, CommandSpec? spec, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        await _pace.WaitAsync(cancellationToken).ConfigureAwait(false);
        var question = new BoundCommand(OwnCommands.QueryJob, new Dictionary<string, object> { ["jobid"] = jobId });
        try
        {
            var outcome = await _client.SendAsync(question, cancellationToken).ConfigureAwait(false);
            var snapshot = _jobs.Read(jobId, outcome.Answer!.Envelope, spec, outcome.Secrets);
            if (snapshot.Status != JobStatus.Pending)
            {
                ChangedClasses.Drop(Cache, Catalog, spec);
            }

            return snapshot;
        }
        catch (CloudException e) when (e.ErrorCode == 431)
        {
            throw new CloudException(
                ErrorCause.NotFound,
                $"The server knows no job {jobId}, or it isn't the caller's.",
                "Check the identifier; the server forgets jobs a day after they end, so look at the object itself.",
                e)
            {
                Command = e.Command,
                ServerText = e.ServerText,
                HttpStatus = e.HttpStatus,
                ErrorCode = e.ErrorCode,
                DetailCode = e.DetailCode,
                JobId = jobId,
            };
        }
    }

    /// <inheritdoc/>
    public string? ClassOfKind(string word) => ResourceKinds.ClassOf(word);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NamedTarget>> FindAsync(
        string resultClass, string name, BoundCommand context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _known.FindAsync(
            resultClass, name, context, () => _names.FindAsync(resultClass, name, context, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<NamedTarget?> LookUpAsync(string resultClass, string id, CancellationToken cancellationToken) =>
        _names.LookUpAsync(resultClass, id, cancellationToken);

    /// <summary>Closes the client.</summary>
    public void Dispose() => _client.Dispose();

    private async Task<ReceivedPage> ReadPageAsync(BoundCommand command, CancellationToken cancellationToken)
    {
        var answer = (await _client.SendAsync(command, cancellationToken).ConfigureAwait(false)).Answer!;
        var content = AnswerContent.Read(answer.Envelope, command.Spec.Envelope);
        return new ReceivedPage(
            _replies.Models(content.Objects, command.Spec.Result), content.Count, answer.Raw.Body, command.LendsPages ? answer : null);
    }

    private async IAsyncEnumerable<ResultPage> OnePageAsync(
        BoundCommand command, RowRange rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reply = await SendAsync(command, cancellationToken).ConfigureAwait(false);
        IEnumerable<CloudObject> wanted = reply.Objects.Skip((int)Math.Min(rows.Skip, int.MaxValue));
        if (rows.First is { } first)
        {
            wanted = wanted.Take((int)Math.Min(first, int.MaxValue));
        }

        yield return new ResultPage([.. wanted], reply.TotalCount);
    }
}
