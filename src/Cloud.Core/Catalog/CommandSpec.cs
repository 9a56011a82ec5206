namespace Cloud.Core.Catalog;

/// <summary>Everything the catalog knows about one command of a cloud's API.</summary>
public sealed record CommandSpec
{
    /// <summary>The command's name on the wire; case matters to the server.</summary>
    public required string Name { get; init; }

    /// <summary>The cmdlet that calls it (<c>Verb-Noun</c>), or null where it has none.</summary>
    public string? Cmdlet { get; init; }

    /// <summary>The one category the command belongs to.</summary>
    public required string Category { get; init; }

    /// <summary>The safety facts.</summary>
    public required EffectSpec Effect { get; init; }

    /// <summary>The keys around the answer, and its shape.</summary>
    public required EnvelopeSpec Envelope { get; init; }

    /// <summary>The class of the answered objects; key into <see cref="CommandCatalog.FindResult"/>.</summary>
    public required string Result { get; init; }

    /// <summary>True where the server answers with a job to follow.</summary>
    public bool IsAsync { get; init; }

    /// <summary>True where the job's ticket already names the new object.</summary>
    public bool CreatesEntity { get; init; }

    /// <summary>True where a list takes <c>page</c> and <c>pagesize</c>.</summary>
    public bool IsPaged { get; init; }

    /// <summary>True where the server's own rule counts the command as changing state.</summary>
    public bool Mutates { get; init; }

    /// <summary>True where the server serves it on the login path.</summary>
    public bool IsAuthenticator { get; init; }

    /// <summary>True where the answer holds secrets.</summary>
    public bool ResponseSensitive { get; init; }

    /// <summary>The role types that may call it besides root administrators, by declaration or by a fresh database.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The server release that introduced it, or null.</summary>
    public string? Since { get; init; }

    /// <summary>The event type that an asynchronous command writes, or null.</summary>
    public string? Event { get; init; }

    /// <summary>The parameters, sorted by name.</summary>
    public IReadOnlyList<ParameterSpec> Parameters { get; init; } = [];

    /// <summary>One sentence on what the command does; empty where no words are written yet.</summary>
    public string Synopsis { get; init; } = "";

    /// <summary>Two to five sentences on use, needs and dangers; empty where no words are written yet.</summary>
    public string Description { get; init; } = "";

    /// <summary>PowerShell lines that call it, the plainest first; empty where no words are written yet.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Commands that belong with this one, by API name.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];

    /// <summary>True where the command answers with an array.</summary>
    public bool IsList => Envelope.Shape == AnswerShape.List;

    /// <summary>True where the command changes nothing.</summary>
    public bool IsRead => Effect.Effect == Catalog.Effect.Read;

    /// <summary>Finds a parameter by wire name or label, ignoring case.</summary>
    /// <param name="name">The wire name or the label.</param>
    /// <returns>The parameter, or null where there is none.</returns>
    public ParameterSpec? FindParameter(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(parameter.Label, name, StringComparison.OrdinalIgnoreCase))
            {
                return parameter;
            }
        }

        return null;
    }
}
