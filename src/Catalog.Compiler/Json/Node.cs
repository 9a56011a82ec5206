using Catalog.Compiler.Diagnostics;

namespace Catalog.Compiler.Json;

/// <summary>The kinds of JSON value.</summary>
internal enum NodeKind
{
    Null,
    False,
    True,
    Number,
    Text,
    Array,
    Object,
}

/// <summary>A member of a JSON object, with the place of its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Offset">The byte offset of the name.</param>
/// <param name="Value">The value.</param>
internal sealed record Member(string Name, int Offset, Node Value)
{
    /// <summary>Reports an error at the name.</summary>
    public void Report(string code, string text) => Value.File.Report(Offset, code, text);
}

/// <summary>A JSON value that knows where it stands, so that an error found later still names its line.</summary>
/// <param name="file">The file.</param>
/// <param name="offset">The byte offset of the value.</param>
/// <param name="kind">The kind.</param>
internal sealed class Node(SourceFile file, int offset, NodeKind kind)
{
    private Dictionary<string, Member>? _index;

    public SourceFile File { get; } = file;

    public NodeKind Kind { get; } = kind;

    /// <summary>The string's content, or the number as written; empty for other kinds.</summary>
    public string Text { get; init; } = "";

    public List<Node> Items { get; } = [];

    public List<Member> Members { get; } = [];

    public bool IsNull => Kind == NodeKind.Null;

    /// <summary>Finds a member by exact name; the first where the name stands twice.</summary>
    public Member? Find(string name)
    {
        if (_index is null)
        {
            _index = new Dictionary<string, Member>(Members.Count, StringComparer.Ordinal);
            foreach (var member in Members)
            {
                _index.TryAdd(member.Name, member);
            }
        }

        return _index.GetValueOrDefault(name);
    }

    /// <summary>Reports an error at the value.</summary>
    public void Report(string code, string text) => File.Report(offset, code, text);

    /// <summary>Reports a value of the wrong kind.</summary>
    /// <param name="expected">What was expected, with its article.</param>
    public void ReportKind(string expected) => Report(ErrorCode.WrongValue, $"Expected {expected}.");
}
