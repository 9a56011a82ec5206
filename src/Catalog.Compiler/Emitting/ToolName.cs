using System.Text.RegularExpressions;

namespace Catalog.Compiler.Emitting;

/// <summary>The snake_case name of a command's tool, and the kebab-case name of a category's toolset.</summary>
internal static partial class ToolName
{
    /// <summary>Turns an API name into a tool's name: <c>createVPCOffering</c> into <c>create_vpc_offering</c>.</summary>
    public static string Of(string command) => Join(command, "_");

    /// <summary>Turns a category's name into a toolset's: <c>VirtualMachine</c> into <c>virtual-machine</c>.</summary>
    public static string Toolset(string category) => Join(category, "-");

    // A run of capitals is one word, its plural s included (VPCs); the last capital of a run starts the word that follows.
    [GeneratedRegex("OAuth|[A-Z]{2,}s(?![a-z])|[A-Z]+[0-9]*(?![a-z0-9])|[A-Z]?[a-z0-9]+")]
    private static partial Regex Word { get; }

    private static string Join(string name, string separator) =>
        string.Join(separator, Word.Matches(name).Select(word => word.Value.ToLowerInvariant()));
}
