using System.CommandLine;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Options that take several values, apart or joined by commas.</summary>
internal static class ListOption
{
    /// <summary>Makes one.</summary>
    public static Option<string[]> Create(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "a,b",
    };

    /// <summary>The values that were given, one by one.</summary>
    public static string[] Values(ParseResult result, Option<string[]> option) =>
        [.. (result.GetValue(option) ?? []).SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
}
