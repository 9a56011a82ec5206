using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Faults;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Seed;
using CloudStack.Simulator.State;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator;

/// <summary>
/// A CloudStack management server in memory. It verifies signatures and sessions as the server does, answers every command
/// of the catalog in its envelope, and keeps what was changed. Safe for parallel use.
/// </summary>
public sealed class SimulatedCloud : IDisposable
{
    private readonly CloudState _state;
    private readonly CommandRunner _runner;
    private readonly StateFile? _file;
    private readonly ChangeHistory _history;
    private readonly RequestLog _log;
    private readonly RequestGate _gate;

    /// <summary>Sets up a cloud and seeds it.</summary>
    /// <param name="options">How it's set up, or null for the defaults.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">The state file can't be used.</exception>
    public SimulatedCloud(SimulatorOptions? options = null)
        : this(options ?? new SimulatorOptions(), options?.StateFile is { } path ? StateFile.Open(path, options) : null)
    {
    }

    private SimulatedCloud(SimulatorOptions options, StateFile? file)
        : this(options, file, file?.Header, file?.TakeChanges() ?? [])
    {
        _state.Deliverer.IsLive = true;
    }

    private SimulatedCloud(SimulatorOptions options, StateFile? file, StateHeader? header, IReadOnlyList<Change> changes)
    {
        _file = file;
        try
        {
            Options = header?.ApplyTo(options) ?? options;
            _state = new CloudState(CloudStackCatalog.Load(), Options, Faults);
            _history = new ChangeHistory(_state, _file);
            _runner = new CommandRunner(_state, _history);
            _log = new RequestLog(Options.LoggedRequests);
            _gate = new RequestGate(_state, _runner);
            Families.Register(_state);
            _state.Clock.Hold(header?.Started ?? Options.Clock.GetUtcNow(), () => CloudSeed.Plant(_state));
            var traces = new List<ChangeTrace>();
            _history.Restore(changes, _runner.Again, traces);
            if (file is not null && Compaction.IsDue(file.Header, changes.Count, Options.FewestToCompact))
            {
                file.Replace(Compaction.Of(changes, traces, id => Store.Find(id) is not null, IsSame));
            }
        }
        catch
        {
            _file?.Dispose();
            throw;
        }
    }

    /// <summary>How the cloud was set up.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>Users who can sign in.</summary>
    public SimulatorCredentials Credentials { get; } = SimulatorCredentials.Known;

    /// <summary>The cloud's clock.</summary>
    public SimulatorClock Clock => _state.Clock;

    /// <summary>How many changes a state file held when the cloud was taken up from it.</summary>
    public int RestoredChanges => _history.Restored;

    /// <summary>Switches for trouble.</summary>
    public SimulatorFaults Faults { get; } = new();

    /// <summary>The latest requests, oldest first, without secrets.</summary>
    public IReadOnlyList<RequestLogEntry> Requests => _log.Entries;

    /// <summary>Grows with every change of the cloud, by whomever; jobs and events don't count as changes.</summary>
    public long StateVersion => _state.Store.Version;

    /// <summary>Where its files can be downloaded from and uploaded to; whoever serves the cloud at an address sets it.</summary>
    public Uri FileAddress
    {
        get => _state.Files.Address;
        set => _state.Files.Address = value;
    }

    /// <summary>Everything the cloud consists of, for tests that check it as a whole.</summary>
    internal CloudStore Store => _state.Store;

    /// <summary>Tells whether a command has a life cycle of its own; if not, it's answered generically from the same store.</summary>
    /// <param name="command">The command's name in its exact case.</param>
    /// <returns>True for a life cycle; false for a generic answer, and for a command that isn't in the catalog.</returns>
    public bool HasLifecycle(string command) => LoginCommands.Has(command) || _state.Commands.Find(command) is not null;

    /// <summary>
    /// The identifier of some object of a class; where the cloud has none, a plain one is made. For tests that need arguments
    /// for every command.
    /// </summary>
    /// <param name="resultClass">The result class, as a parameter's entity names it.</param>
    /// <returns>The identifier.</returns>
    public string SampleId(string resultClass) => _runner.Sample(resultClass);

    /// <summary>Answers one request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the wait that <see cref="SimulatorFaults.Latency"/> asks for.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="SimulatedDisconnectException">A fault breaks the connection.</exception>
    public async Task<SimulatedResponse> HandleAsync(SimulatedRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Faults.Latency > TimeSpan.Zero)
        {
            await Task.Delay(Faults.Latency, Options.Clock, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (ImageFiles.Serves(request.Path))
        {
            return _runner.Exchange(request);
        }

        var exchange = new Exchange(request, Clock.GetUtcNow());
        var status = 0;
        try
        {
            var response = Answer(exchange);
            status = response.Status;
            if (exchange.Fault is { Kind: FaultKind.LateAnswer } late)
            {
                await Task.Delay(late.Duration, Options.Clock, cancellationToken).ConfigureAwait(false);
            }

            return response;
        }
        finally
        {
            _log.Add(exchange, status);
        }
    }

    /// <summary>Makes a handler that answers an <see cref="HttpClient"/> from this cloud without any network.</summary>
    /// <returns>The handler; disposing it leaves the cloud alone.</returns>
    public SimulatorHandler CreateHandler() => new(this);

    /// <summary>
    /// Restarts the management server: sessions end and pending jobs are lost. Hosts finish what they were told before;
    /// everything else that was changed is kept as it is.
    /// </summary>
    public void Restart() => _runner.Restart();

    /// <summary>Ends all sessions, as half an hour without a request does.</summary>
    public void EndSessions() => _state.Sessions.CloseAll();

    /// <summary>The code that a user's authenticator app shows now, by the server's clock.</summary>
    /// <param name="user">A user with a second factor.</param>
    /// <returns>Six digits.</returns>
    /// <exception cref="ArgumentException">The user has none.</exception>
    public string CodeFor(SimulatorUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Totp.CodeAt(
            user.SecondFactorKey ?? throw new ArgumentException($"{user} has no second factor.", nameof(user)), Clock.GetUtcNow());
    }

    /// <summary>Ends the cloud.</summary>
    public void Dispose()
    {
        _state.Deliverer.Dispose();
        _runner.Dispose();
        _file?.Dispose();
    }

    /// <summary>Tells whether another history gives this very cloud.</summary>
    private bool IsSame(IReadOnlyList<Change> history)
    {
        try
        {
            using var other = new SimulatedCloud(Options, null, _file!.Header, history);
            return CloudDigest.Of(other._state, _history.Last) == CloudDigest.Of(_state, _history.Last);
        }
        catch (CloudException)
        {
            // A change comes out differently without those before it.
            return false;
        }
    }

    private SimulatedResponse Answer(Exchange exchange)
    {
        SimulatedResponse response;
        try
        {
            exchange.Parameters = RequestParameters.Read(exchange.Request);
            exchange.Command = FindCommand(exchange.Parameters);
            exchange.Fault = Faults.TakeForRequest(exchange.Command?.Name);
            if (exchange.Fault is { } fault && FaultAnswers.InPlace(fault, exchange.Command) is { } refusal)
            {
                return refusal;
            }

            _runner.CatchUp();
            response = _gate.Answer(exchange);
        }
        catch (ContainerError error)
        {
            return error.ToResponse();
        }
        catch (Exception thrown) when (thrown is not SimulatedDisconnectException)
        {
            var error = ApiError.Of(thrown);
            response = SimulatedResponse
                .Of(error.Code, SimulatedResponse.JsonType, Envelope.WriteError(exchange.Command, error))
                .With("X-Description", OneLine(error.Message));
        }

        var isJson = string.Equals(exchange.Parameters!.Exact("response"), "json", StringComparison.OrdinalIgnoreCase);
        var encoded = Options.EncodeAnswers && response.IsJson ? response with { Body = JsonRewriting.EncodedTexts(response.Body) } : response;
        return Spoiled(exchange.Fault, isJson ? encoded : ToXml(encoded));
    }

    private CommandSpec? FindCommand(RequestParameters parameters) =>
        parameters.Exact("command") is { } name && _state.Catalog.FindCommand(name) is { } command
        && (command.Name == name || command.IsAuthenticator)
            ? command
            : null;

    private SimulatedResponse ToXml(SimulatedResponse response) =>
        response.IsJson
            ? response with
            {
                Headers = [new("Content-Type", SimulatedResponse.XmlType), .. response.Headers.Skip(1)],
                Body = XmlRendering.Of(response.Body, Options.ServerVersion),
            }
            : response;

    private static SimulatedResponse Spoiled(SimulatorFault? fault, SimulatedResponse response) =>
        fault is null ? response : FaultAnswers.Spoil(fault, response);

    private static string OneLine(string text) => new([.. text.Select(c => c is < ' ' or > '~' ? ' ' : c)]);
}
