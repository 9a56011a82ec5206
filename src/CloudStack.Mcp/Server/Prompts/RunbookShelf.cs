using System.Reflection;
using Cloud.Core.Binding;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Prompts;

/// <summary>The runbooks that clients offer as prompts.</summary>
internal sealed class RunbookShelf
{
    private const string Prefix = "runbooks/";
    private const string Suffix = ".md";

    private readonly Lazy<IReadOnlyList<Runbook>> _runbooks = new(Read);

    /// <summary>All runbooks by name.</summary>
    public IReadOnlyList<Runbook> Runbooks => _runbooks.Value;

    /// <summary>The runbooks as prompts.</summary>
    public IList<Prompt> List() =>
    [
        .. Runbooks.Select(runbook => new Prompt
        {
            Name = runbook.Name,
            Title = runbook.Title,
            Description = runbook.Description,
            Arguments = [.. runbook.Arguments.Select(a => new PromptArgument { Name = a.Name, Description = a.Meaning, Required = a.Required })],
        }),
    ];

    /// <summary>Writes a runbook for certain arguments.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="given">The arguments, or null.</param>
    /// <exception cref="McpProtocolException">There is no such runbook, or an argument is missing or unknown.</exception>
    public GetPromptResult Get(string name, IReadOnlyDictionary<string, string> given)
    {
        var runbook = Find(name);
        var problems = runbook.Arguments.Where(a => a.Required && !given.ContainsKey(a.Name)).Select(a => $"'{a.Name}' is required")
            .Concat(given.Keys.Where(key => runbook.Arguments.All(a => a.Name != key)).Select(key =>
                Spelling.Closest(key, runbook.Arguments.Select(a => a.Name)) is { } closest
                    ? $"there is no argument '{Results.CleanText.Line(key, 80)}'; did you mean '{closest}'?"
                    : $"there is no argument '{Results.CleanText.Line(key, 80)}'"))
            .ToList();
        return problems.Count > 0
            ? throw new McpProtocolException($"{runbook.Name}: {ProblemText.Sentence(problems)}", McpErrorCode.InvalidParams)
            : new GetPromptResult
            {
                Description = runbook.Description,
                Messages = [new PromptMessage { Role = Role.User, Content = new TextContentBlock { Text = runbook.Write(given) } }],
            };
    }

    /// <summary>The kind of object that an argument names, for completion.</summary>
    /// <param name="name">The runbook.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>The kind; empty where it names none.</returns>
    public string KindOf(string name, string argument) => Find(name).Arguments.FirstOrDefault(a => a.Name == argument)?.Kind ?? "";

    private Runbook Find(string name) => Runbooks.FirstOrDefault(r => r.Name == name) ?? throw new McpProtocolException(
        $"There is no prompt '{Results.CleanText.Line(name, 80)}'."
            + (Spelling.Closest(name, Runbooks.Select(r => r.Name)) is { } closest ? $" Did you mean {closest}?" : " List the prompts."),
        McpErrorCode.InvalidParams);

    private static IReadOnlyList<Runbook> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                return Runbook.Read(n[Prefix.Length..^Suffix.Length], reader.ReadToEnd());
            }),
        ];
    }
}
