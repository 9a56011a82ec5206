using System.Text;
using Catalog.Compiler.Emitting;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Module;

/// <summary>Writes a table and a list view for each listed model: what tells one object from another, no wider than 120 columns.</summary>
/// <remarks>
/// The engine reads these files at every import, so nothing stands between the elements, which it would keep. It holds each
/// file's whole document while it reads, and the collector's pauses grow with what is held; so the files are short.
/// </remarks>
internal sealed class ViewsEmitter : IEmitter
{
    private const string Begins = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Configuration><ViewDefinitions>";
    private const string Ends = "</ViewDefinitions></Configuration>";
    private const int FewestColumns = 2;

    private const int LongestFile = 40_000;

    public string Target => "views";

    public void Emit(CompiledCatalog catalog, OutputFolder output)
    {
        foreach (var (name, text) in Files(catalog))
        {
            output.Write(name, text);
        }
    }

    /// <summary>Writes the files, the views in the order of their models.</summary>
    /// <param name="catalog">The catalog.</param>
    internal static IEnumerable<(string Name, string Text)> Files(CompiledCatalog catalog)
    {
        var text = new StringBuilder(Begins);
        var number = 1;
        foreach (var views in Views(catalog))
        {
            if (text.Length + views.Length + Ends.Length > LongestFile)
            {
                yield return (NameOf(number++), text.Append(Ends).ToString());
                text = new StringBuilder(Begins);
            }

            text.Append(views);
        }

        yield return (NameOf(number), text.Append(Ends).ToString());
    }

    private static string NameOf(int number) => $"CloudStack.PowerShell.Lists{number:00}.format.ps1xml";

    private static IEnumerable<string> Views(CompiledCatalog catalog)
    {
        var columns = new Columns(catalog);
        foreach (var result in Listed(catalog, columns))
        {
            if (columns.Of(result) is { Count: >= FewestColumns } chosen)
            {
                var text = new StringBuilder();
                WriteTable(text, result.Model, chosen);
                WriteList(text, result, chosen);
                yield return text.ToString();
            }
        }
    }

    /// <summary>The models that lists give, and those with columns written by hand, each once.</summary>
    internal static IEnumerable<ResultSpec> Listed(CompiledCatalog catalog, Columns columns) => catalog.Commands
        .Where(command => command is { IsList: true, IsRead: true, Cmdlet: not null })
        .Select(command => catalog.Result(command.Result))
        .Concat(catalog.Results.Where(result => columns.WrittenModels.Contains(result.Model)))
        .DistinctBy(result => result.Model)
        .OrderBy(result => result.Model, StringComparer.Ordinal);

    private static void Begin(StringBuilder text, string model, string suffix) => text.Append(
        $"<View><Name>{model}{suffix}</Name><ViewSelectedBy><TypeName>CloudStack.Client.Models.{model}</TypeName></ViewSelectedBy>");

    private static void WriteTable(StringBuilder text, string model, IReadOnlyList<Column> columns)
    {
        Begin(text, model, "");
        text.Append("<TableControl><TableHeaders>");
        for (var i = 0; i < columns.Count; i++)
        {
            var width = i == columns.Count - 1 ? "" : $"<Width>{columns[i].Width}</Width>";
            var alignment = columns[i].IsRight ? "<Alignment>Right</Alignment>" : "";
            text.Append($"<TableColumnHeader><Label>{columns[i].Header}</Label>{width}{alignment}</TableColumnHeader>");
        }

        text.Append("</TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems>");
        foreach (var column in columns)
        {
            text.Append($"<TableColumnItem>{column.Item()}</TableColumnItem>");
        }

        text.Append("</TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View>");
    }

    private static void WriteList(StringBuilder text, ResultSpec result, IReadOnlyList<Column> columns)
    {
        Begin(text, result.Model, ".List");
        text.Append("<ListControl><ListEntries><ListEntry><ListItems>");
        foreach (var column in columns)
        {
            text.Append($"<ListItem><Label>{column.Header}</Label>{column.Item()}</ListItem>");
        }

        if (result.Fields.Any(field => field.Name == "id") && columns.All(column => column.Property != "Id"))
        {
            text.Append("<ListItem><PropertyName>Id</PropertyName></ListItem>");
        }

        text.Append("<ListItem><PropertyName>Connection</PropertyName></ListItem>");
        text.Append("</ListItems></ListEntry></ListEntries></ListControl></View>");
    }
}
