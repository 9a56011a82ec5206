using System.Text.RegularExpressions;
using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;

namespace Catalog.Compiler.Loading;

/// <summary>One category: the heading that commands, toolsets and help are grouped by.</summary>
/// <param name="Name">The name in PascalCase.</param>
/// <param name="Title">The heading.</param>
internal sealed record Category(string Name, string Title);

/// <summary>The file <c>categories.json</c>: each command in one category.</summary>
internal sealed partial class Categories
{
    private readonly Dictionary<string, string> _byCommand = new(StringComparer.Ordinal);
    private readonly List<Category> _all = [];

    private Categories(ApiFacts facts, Node root)
    {
        root.AllowOnly("categories");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in root.Items("categories"))
        {
            item.AllowOnly("name", "title", "commands");
            var name = item.RequiredText("name");
            if (!names.Add(name))
            {
                item.Find("name")?.Report(ErrorCode.Duplicate, $"The category '{name}' stands twice.");
            }
            else if (name.Length > 0 && !NameForm.IsMatch(name))
            {
                item.Find("name")?.Report(ErrorCode.WrongValue, $"The category's name '{name}' isn't in PascalCase.");
            }

            _all.Add(new Category(name, item.RequiredText("title")));
            ReadCommands(facts, item, name);
        }

        foreach (var command in facts.Commands.Keys.Where(c => !_byCommand.ContainsKey(c)))
        {
            root.Report(ErrorCode.Missing, $"The command '{command}' is in no category.");
        }
    }

    /// <summary>The categories in the file's order.</summary>
    public IReadOnlyList<Category> All => _all;

    public static Categories? Load(string folder, ApiFacts facts, ErrorLog errors) =>
        Entries.ParseObject(folder, "categories.json", errors) is { } root ? new Categories(facts, root) : null;

    public string Of(string command) => _byCommand.GetValueOrDefault(command, "");

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex NameForm { get; }

    private void ReadCommands(ApiFacts facts, Node item, string category)
    {
        foreach (var command in item.Items("commands"))
        {
            if (!facts.Commands.ContainsKey(command.Text))
            {
                command.Report(ErrorCode.Unknown, $"The facts have no command '{command.Text}'.");
            }
            else if (!_byCommand.TryAdd(command.Text, category))
            {
                command.Report(ErrorCode.Duplicate, $"'{command.Text}' is in the category '{_byCommand[command.Text]}' already.");
            }
        }
    }
}
