using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;

namespace Catalog.Compiler.Loading;

/// <summary>Compares the entries of one of our files with the names in the facts.</summary>
internal static class Entries
{
    /// <summary>Reports every name that has no entry, at the section, and every entry without such a name, at the entry.</summary>
    /// <param name="section">The object whose members are the entries.</param>
    /// <param name="expected">The names that need one entry each.</param>
    /// <param name="what">What an entry is for (<c>command</c>).</param>
    public static void Match(Node section, IReadOnlyCollection<string> expected, string what)
    {
        foreach (var name in expected)
        {
            if (section.Find(name) is null)
            {
                section.Report(ErrorCode.Missing, $"The {what} '{name}' has no entry here.");
            }
        }

        var known = expected as HashSet<string> ?? new HashSet<string>(expected, StringComparer.Ordinal);
        foreach (var member in section.Members)
        {
            if (!known.Contains(member.Name))
            {
                member.Report(ErrorCode.Unknown, $"The facts have no {what} '{member.Name}'.");
            }
        }
    }

    /// <summary>Reads a file whose root is an object.</summary>
    /// <returns>The root, or null; the error is reported.</returns>
    public static Node? ParseObject(string folder, string file, ErrorLog errors)
    {
        var root = NodeParser.ParseFile(Path.Combine(folder, file), errors);
        if (root is not null and not { Kind: NodeKind.Object })
        {
            root.ReportKind("an object");
            return null;
        }

        return root;
    }
}
