namespace Cloud.Core.Operations;

/// <summary>What a face asks the runner to do.</summary>
/// <param name="Command">The command's API name or cmdlet name.</param>
/// <param name="Arguments">
/// Raw values by wire name or label, ignoring case: CLR values from PowerShell, <see cref="System.Text.Json.JsonElement"/>
/// from MCP, or text from the command line.
/// </param>
public sealed record OperationRequest(string Command, IReadOnlyDictionary<string, object?> Arguments)
{
    // Asking the system looks into its list of users each time.
    private static readonly string ProcessUser = Environment.UserName;

    /// <summary>Return the job's ticket and don't follow it.</summary>
    public bool NoWait { get; init; }

    /// <summary>True to take a list from the connection's cache where it's there; a change of one's own is seen all the same.</summary>
    public bool MayUseCache { get; init; }

    /// <summary>Names that the face knows already, by identifier; shown where a change asks, and never sent.</summary>
    public IReadOnlyDictionary<string, string> KnownNames { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// True where the face asks before this change whatever its effect, and acts on what it showed: the target is read from the
    /// cloud, also where its name was resolved before. Else only dangerous commands' targets are, where only an identifier is known.
    /// </summary>
    public bool ReadsTarget { get; init; }

    /// <summary>The rows of a list that are wanted.</summary>
    public RowRange Rows { get; init; } = RowRange.All;

    /// <summary>Who asks, for the audit trail: a user name, an MCP client, a token's subject.</summary>
    public string Caller { get; init; } = ProcessUser;

    /// <summary>The profile or connection name, for the audit trail.</summary>
    public string Profile { get; init; } = "";
}

/// <summary>A window on the rows of a list.</summary>
/// <param name="Skip">How many rows to leave out first.</param>
/// <param name="First">How many rows to give at most, or null for all.</param>
public readonly record struct RowRange(long Skip, long? First)
{
    /// <summary>
    /// How many of the rows will probably do, or null where all of them are wanted. A list may begin with a page of about that
    /// many, and goes on only where its host still takes more.
    /// </summary>
    public long? Likely { get; init; }

    /// <summary>Every row.</summary>
    public static RowRange All => new(0, null);
}
