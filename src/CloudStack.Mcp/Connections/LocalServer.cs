using Cloud.Core.Audit;
using Cloud.Core.Catalog;
using Cloud.Core.Confirmations;
using Cloud.Core.Operations;
using Cloud.Core.Search;
using CloudStack.Client;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Limits;
using CloudStack.Mcp.Server.Manifest;
using CloudStack.Mcp.Server.Protocol;
using CloudStack.Mcp.Server.Tasks;
using CloudStack.Mcp.Server.Tools;
using CloudStack.Mcp.Stores;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Connections;

/// <summary>Puts a server for one cloud together. The cloud and its catalog are opened by the first call that needs them.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly Lazy<CloudSession> _session;
    private readonly Lazy<OperatorLimit> _limit;
    private readonly ServerSettings _settings;
    private readonly EngineChoice _engine;

    /// <summary>Puts a server together.</summary>
    /// <param name="source">The cloud.</param>
    /// <param name="auditPath">The audit trail's file.</param>
    /// <param name="settings">What the operator set.</param>
    public LocalServer(ConnectionSource source, string auditPath, ServerSettings settings)
        : this(source.Name, source.Open, new FileAuditLog(auditPath), settings with { AuditPath = auditPath })
    {
    }

    /// <summary>Puts a server together.</summary>
    /// <param name="name">The connection's name.</param>
    /// <param name="open">Opens the cloud.</param>
    /// <param name="audit">The audit trail.</param>
    /// <param name="settings">What the operator set.</param>
    public LocalServer(string name, Func<CloudSession> open, IAuditLog audit, ServerSettings settings)
    {
        _settings = settings;
        _session = new Lazy<CloudSession>(open);
        _limit = new Lazy<OperatorLimit>(
            () => OperatorLimit.Create(settings.ReadOnly, settings.Allow, settings.Deny, () => _session.Value.Provider.Catalog)
                .And(settings.CloudLimit.Read(() => _session.Value.Provider.Catalog)));
        var store = settings.Store ?? new MemoryStore(settings.Time);
        // No call has come yet that needs it, and making a key loads all of OpenSSL.
        var key = new Lazy<byte[]>(() => settings.TokenKey ?? ConfirmationTokens.NewKey());
        var provider = new Lazy<ICloudProvider>(() => _session.Value.Provider);
        _engine = EngineChoice.Open(settings.Engine, new EngineCloud(
            new Lazy<OperationRunner>(() => new OperationRunner(audit, settings.Follow ?? _session.Value.Follow, settings.Time)),
            provider,
            name));
        Parts = new ServerParts(
            new Lazy<CommandCatalog>(() => provider.Value.Catalog),
            _limit,
            new Lazy<SearchIndex>(CloudStackCatalog.OpenSearch),
            new Lazy<ConfirmationGate>(() => new ConfirmationGate(
                settings.Policy, new ConfirmationTokens(key.Value, store.UsedTokens, settings.TokenLifetime, settings.Time))),
            new Lazy<TaskIds>(() => new TaskIds(key.Value, name, settings.Time)))
        {
            Engine = _engine.Engine,
            Role = new RoleCommands(CloudStackVocabulary.Instance.CommandList, provider, settings.Time, settings.Logger),
            Vocabulary = CloudStackVocabulary.Instance,
            Manifest = new ToolManifest(),
            Profile = name,
            Time = settings.Time,
            LongestFollow = settings.LongestFollow,
            Jobs = store.Jobs,
            AuditPath = settings.AuditPath,
        };
        Tools = new ToolTable(Parts, settings.Toolsets, IsReadOnly);
    }

    /// <summary>What the tools work with.</summary>
    public ServerParts Parts { get; }

    /// <summary>The cloud, opened by this where it isn't open yet.</summary>
    public ICloudProvider Provider => _session.Value.Provider;

    /// <summary>The tools.</summary>
    public ToolTable Tools { get; }

    /// <summary>Checks the operator's settings that name commands or toolsets.</summary>
    /// <exception cref="Cloud.Core.Errors.CloudException">One names nothing.</exception>
    public void Check()
    {
        if (_settings.Allow.Count + _settings.Deny.Count > 0)
        {
            _ = _limit.Value;
        }

        if (_settings.Toolsets.Count > 0)
        {
            Tools.Check();
        }
    }

    /// <summary>The tools for callers who are let do less, or who want others listed. Jobs and connections are shared.</summary>
    /// <param name="narrower">What they are let do; it comes on top of the server's own limit.</param>
    /// <param name="readOnly">True where that is only reads.</param>
    /// <param name="toolsets">The toolsets whose direct tools are listed.</param>
    public ToolTable ToolsFor(Lazy<OperatorLimit> narrower, bool readOnly, IReadOnlyCollection<string> toolsets) =>
        new(Parts.Narrow(narrower), toolsets, readOnly || IsReadOnly);

    /// <summary>Tells which engine is at work, and prepares it while the client's greeting is answered.</summary>
    /// <param name="logger">Hears of it, or null.</param>
    public void Warm(ILoggerFactory? logger) => _engine.Warm(logger);

    /// <summary>Makes it speak MCP.</summary>
    /// <param name="logger">Hears of faults, or null.</param>
    public CloudMcpServer ToMcp(ILoggerFactory? logger) => new(Tools, Parts.Vocabulary, logger);

    /// <summary>The server is about to stop: calls that wait for a job are answered with its name.</summary>
    public void Leave() => Parts.Followed.Leave();

    private bool IsReadOnly => _settings.ReadOnly || _settings.CloudLimit.ReadOnly;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Parts.Followed.DisposeAsync();
        _engine.Dispose();
        if (_session.IsValueCreated)
        {
            _session.Value.Dispose();
        }
    }
}
