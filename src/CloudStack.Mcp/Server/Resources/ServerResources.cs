using System.Reflection;
using System.Text;
using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Resources;

/// <summary>What can be read by address: objects of a cloud, the rest of lists, the audit trail's end, and the table of what is covered.</summary>
/// <param name="tools">The tools, through which everything is read.</param>
/// <param name="vocabulary">The cloud's own words.</param>
internal sealed class ServerResources(IToolTable tools, CloudVocabulary vocabulary)
{
    private const string Coverage = "coverage";
    private const string Json = "application/json";
    private const string Markdown = "text/markdown";

    // Stands where a cloud's name would, for what belongs to the server.
    private const string Own = "server";

    /// <summary>The resources with a fixed address.</summary>
    public IList<Resource> List() =>
    [
        new() { Uri = Address(AuditTail.Kind), Name = AuditTail.Kind, Title = "Audit trail", Description = "The latest operations, the newest first.", MimeType = Json },
        new() { Uri = Address(Coverage), Name = Coverage, Title = "Coverage", Description = "Commands, cmdlets, tools and life cycles by category.", MimeType = Markdown },
    ];

    /// <summary>The forms of addresses, one a kind of object.</summary>
    public IList<ResourceTemplate> Templates() =>
    [
        .. vocabulary.Entities.Select(kind => new ResourceTemplate
        {
            UriTemplate = $"{vocabulary.Scheme}://{{cloud}}/{kind.ToLowerInvariant()}/{{id}}",
            Name = kind,
            Description = $"A {kind} by id or name, with all its fields.",
            MimeType = Json,
        }),
    ];

    /// <summary>True where what is at an address changes with the program alone.</summary>
    /// <param name="uri">The address.</param>
    public static bool IsFixed(string uri) => ResourceAddress.Parse(uri) is { Cloud: Own, Kind: Coverage, Id: "" };

    /// <summary>Reads an address.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="caller">Who reads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="McpProtocolException">There is nothing at the address, or it can't be read.</exception>
    public async Task<ReadResourceResult> ReadAsync(string uri, IToolCaller caller, CancellationToken cancellationToken)
    {
        if (ResourceAddress.Parse(uri) is not { } address || address.Scheme != vocabulary.Scheme)
        {
            throw NotFound("This is no address of a resource. List the resources and their templates.");
        }

        if (address is { Cloud: Own, Kind: Coverage, Id: "" })
        {
            return Contents(uri, Markdown, CoveragePage());
        }

        var answer = await CallAsync(
            ResourceTool.Name,
            [("cloud", address.Cloud == Own ? null : address.Cloud), ("kind", address.Kind), ("id", address.Id.Length > 0 ? address.Id : null)],
            caller,
            cancellationToken);
        return Contents(uri, Json, Encoding.UTF8.GetString(answer.Json.Span));
    }

    /// <summary>Finds values for a part of an address or an argument of a prompt.</summary>
    /// <param name="cloud">The cloud, or null for the usual one.</param>
    /// <param name="kind">The kind of object that is named.</param>
    /// <param name="value">What is typed so far.</param>
    /// <param name="caller">Who types.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The values; none where they can't be found, for a person goes on typing.</returns>
    public async Task<Completion> CompleteAsync(string? cloud, string kind, string value, IToolCaller caller, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await CallAsync(
                CompletionTool.Name, [("cloud", cloud), ("kind", kind), ("value", value)], caller, cancellationToken);
            var json = JsonElement.Parse(answer.Json.Span);
            string[] values = [.. json.GetProperty("values").EnumerateArray().Select(v => v.GetString()!)];
            var total = json.GetProperty("total").GetInt32();
            return new Completion { Values = values, Total = total, HasMore = total > values.Length };
        }
        catch (McpProtocolException)
        {
            return new Completion { Values = [] };
        }
    }

    private static ReadResourceResult Contents(string uri, string type, string text) =>
        new() { Contents = [new TextResourceContents { Uri = uri, MimeType = type, Text = text }] };

    private static McpProtocolException NotFound(string message) => new(message, McpErrorCode.ResourceNotFound);

    private static string CoveragePage()
    {
        using var page = Assembly.GetExecutingAssembly().GetManifestResourceStream("coverage.md")
            ?? throw NotFound("This build has no table of what is covered.");
        using var reader = new StreamReader(page);
        return reader.ReadToEnd();
    }

    private string Address(string kind) => new ResourceAddress(vocabulary.Scheme, Own, kind).ToString();

    private async Task<ToolAnswer> CallAsync(
        string name, IEnumerable<(string Name, string? Value)> arguments, IToolCaller caller, CancellationToken cancellationToken)
    {
        var given = arguments.Where(a => a.Value is not null).Select(a => KeyValuePair.Create(a.Name, JsonSerializer.SerializeToElement(a.Value)));
        try
        {
            var tool = tools.Find(name) ?? throw NotFound("Nothing can be read here.");
            return await tool.CallAsync([.. given], caller, cancellationToken);
        }
        catch (CloudException error)
        {
            throw error.Cause == ErrorCause.NotFound
                ? NotFound($"{Results.CleanText.Line(error.Message, 400)} {Results.CleanText.Line(error.NextStep, 400)}")
                : new McpProtocolException($"{Results.CleanText.Line(error.Message, 400)} {Results.CleanText.Line(error.NextStep, 400)}", McpErrorCode.InvalidParams);
        }
    }
}
