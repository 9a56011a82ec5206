using System.Collections;
using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Connections;

/// <summary>
/// A cloud whose catalog holds one command that the real one doesn't know, made up from the arguments given, so that it
/// takes the same road as every other: confirmed, audited, sent, followed.
/// </summary>
internal sealed class UncatalogedCommand : ICloudProvider
{
    // The names that the server itself takes for reads (protocol note, section 1).
    private static readonly string[] ReadVerbs = ["get", "list", "query", "find"];

    private readonly ICloudProvider _cloud;

    /// <summary>Makes the cloud.</summary>
    /// <param name="cloud">The real one.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="arguments">Its arguments; their values decide how each is sent.</param>
    public UncatalogedCommand(ICloudProvider cloud, string command, IReadOnlyDictionary<string, object?> arguments)
    {
        _cloud = cloud;
        var isRead = IsRead(command);
        var spec = new CommandSpec
        {
            Name = command,
            Category = "",
            Effect = new EffectSpec
            {
                Effect = isRead ? Effect.Read : Effect.Destroy,
                Warning = isRead ? "" : "What it does isn't known here; it may lose data.",
            },
            Envelope = new EnvelopeSpec(command.ToLowerInvariant() + "response", null, AnswerShape.Single),
            Result = "",
            Mutates = !isRead,
            Parameters = [.. arguments.Select(Parameter)],
        };
        Catalog = new CommandCatalog(CatalogWriter.WriteCommands([spec]), CatalogWriter.WriteResults([]));
    }

    public string Name => _cloud.Name;

    public Uri Endpoint => _cloud.Endpoint;

    public CommandCatalog Catalog { get; }

    public CloudObject CreateModel(string resultClass, JsonElement json) => _cloud.CreateModel(resultClass, json);

    public Task<CommandReply> SendAsync(BoundCommand command, CancellationToken cancellationToken) =>
        _cloud.SendAsync(command, cancellationToken);

    public IAsyncEnumerable<ResultPage> PageAsync(BoundCommand command, RowRange rows, CancellationToken cancellationToken) =>
        _cloud.PageAsync(command, rows, cancellationToken);

    public Task<JobSnapshot> PollAsync(string jobId, CommandSpec? spec, CancellationToken cancellationToken) =>
        _cloud.PollAsync(jobId, spec, cancellationToken);

    public Task<IReadOnlyList<NamedTarget>> FindAsync(
        string resultClass, string name, BoundCommand context, CancellationToken cancellationToken) =>
        _cloud.FindAsync(resultClass, name, context, cancellationToken);

    public Task<NamedTarget?> LookUpAsync(string resultClass, string id, CancellationToken cancellationToken) =>
        _cloud.LookUpAsync(resultClass, id, cancellationToken);

    private static bool IsRead(string command) =>
        ReadVerbs.Any(verb => command.StartsWith(verb, StringComparison.OrdinalIgnoreCase));

    private static ParameterSpec Parameter(KeyValuePair<string, object?> argument) => new()
    {
        Name = argument.Key,
        Label = argument.Key,
        MaxLength = int.MaxValue,
        Sensitive = argument.Value is System.Security.SecureString
            || argument.Key.Contains("password", StringComparison.OrdinalIgnoreCase)
            || argument.Key.Contains("secret", StringComparison.OrdinalIgnoreCase),
        Type = argument.Value switch
        {
            IDictionary => ParameterType.Map,
            string => ParameterType.String,
            IEnumerable => ParameterType.List,
            bool => ParameterType.Boolean,
            DateTime or DateTimeOffset => ParameterType.Date,
            _ => ParameterType.String,
        },
        Map = argument.Value is IDictionary ? new MapSpec(MapStyle.Pairs, ["key", "value"], false) : null,
    };
}
