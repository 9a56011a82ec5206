using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;

namespace Catalog.Compiler.Loading;

/// <summary>
/// The file <c>secrets.json</c>: where our judgement of what is secret differs from the facts', which go by names alone.
/// </summary>
internal sealed class Secrets
{
    private readonly Dictionary<string, bool> _mended = new(StringComparer.Ordinal);

    private Secrets(ApiFacts facts, Node root)
    {
        root.AllowOnly("parameters", "fields");
        Read(root.RequiredObject("parameters"), "command.parameter", facts.FindParameter);
        Read(root.RequiredObject("fields"), "class.field", facts.FindField);
    }

    public static Secrets? Load(string folder, ApiFacts facts, ErrorLog errors) =>
        Entries.ParseObject(folder, "secrets.json", errors) is { } root ? new Secrets(facts, root) : null;

    /// <summary>Whether a parameter's or a field's value is a secret.</summary>
    /// <param name="owner">The command or the result class.</param>
    /// <param name="node">The facts of the parameter or field.</param>
    public bool Contains(string owner, Node node) =>
        _mended.TryGetValue($"{owner}.{node.Text("name")}", out var mended) ? mended : node.Flag("sensitive");

    private void Read(Node? section, string form, Func<string, string, Node?> find)
    {
        foreach (var member in section?.Members ?? [])
        {
            var dot = member.Name.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0 || find(member.Name[..dot], member.Name[(dot + 1)..]) is not { } node)
            {
                member.Report(ErrorCode.Unknown, $"The facts have no '{form}' of the name '{member.Name}'.");
                continue;
            }

            var isSecret = section!.Flag(member.Name);
            if (isSecret == node.Flag("sensitive"))
            {
                member.Report(ErrorCode.WrongValue, $"The facts say the same of '{member.Name}'; the entry isn't needed.");
            }

            _mended[member.Name] = isSecret;
        }
    }
}
