using System.Text;
using Catalog.Compiler.Emitting;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Module;

/// <summary>Writes a table and a list view for each model that is read: what tells one object from another, no wider than 120 columns.</summary>
/// <remarks>Nothing stands between the elements: the engine keeps what does, and reads these files at every import.</remarks>
internal sealed class ViewsEmitter : IEmitter
{
    private const string FileName = "CloudStack.PowerShell.Lists.format.ps1xml";

    public string Target => "views";

    public void Emit(CompiledCatalog catalog, OutputFolder output)
    {
        var columns = new Columns(catalog);
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><Configuration><ViewDefinitions>");
        foreach (var result in Shown(catalog, columns))
        {
            if (columns.Of(result) is { Count: > 0 } chosen)
            {
                // The engine takes the first view of a model unless it's told otherwise.
                var only = Columns.OfOnlyOne(result);
                if (only.Count > 0)
                {
                    WriteList(text, result, only);
                }

                WriteTable(text, result.Model, chosen);
                if (only.Count == 0)
                {
                    WriteList(text, result, chosen);
                }
            }
        }

        output.Write(FileName, text.Append("</ViewDefinitions></Configuration>").ToString());
    }

    /// <summary>The models that reads give, and those with columns written by hand, each once.</summary>
    internal static IEnumerable<ResultSpec> Shown(CompiledCatalog catalog, Columns columns) => catalog.Commands
        .Where(command => command is { IsRead: true, Cmdlet: not null })
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
            var alignment = columns[i].IsRight && width.Length > 0 ? "<Alignment>Right</Alignment>" : "";
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
