using System.Text;
using System.Text.RegularExpressions;
using Catalog.Compiler.Emitting;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Module;

/// <summary>Writes a table for each listed model that has none written by hand: what tells one object from another, no wider than 120 columns.</summary>
internal sealed partial class ViewsEmitter : IEmitter
{
    private const string FileName = "CloudStack.PowerShell.Lists.format.ps1xml";
    private const string WrittenByHand = "CloudStack.PowerShell.format.ps1xml";
    private const int MostColumns = 7;
    private const int FewestColumns = 2;

    // What the columns may take, with a blank after each and room for the last, which takes what is left.
    private const int Room = 104;

    // What people look for first, in the order of columns.
    private static readonly string[] Telling =
    [
        "name", "displayname", "username", "key", "value", "ipaddress", "publicip", "privateip", "gateway", "protocol", "startport",
        "endport", "publicport", "privateport", "cidrlist", "cidr", "algorithm", "type", "resourcetype", "provider", "intervaltype",
        "schedule", "state", "status", "allocationstate", "resourcestate", "enabled", "level", "virtualmachinename", "volumename", "networkname",
        "vpcname", "hostname", "clustername", "podname", "zonename", "account", "project", "domain", "created", "description",
    ];

    // True of any object for a moment only, or too long for a column.
    private static readonly string[] Untelling =
        ["jobstatus", "hasannotations", "certificate", "certchain", "headers", "payload", "response", "userdata"];

    public string Target => "views";

    public void Emit(CompiledCatalog catalog, OutputFolder output)
    {
        using var resource = typeof(ViewsEmitter).Assembly.GetManifestResourceStream(WrittenByHand)!;
        using var reader = new StreamReader(resource);
        var done = TypeName().Matches(reader.ReadToEnd()).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Configuration>\n  <ViewDefinitions>\n");
        foreach (var result in catalog.Commands
            .Where(command => command is { IsList: true, IsRead: true, Cmdlet: not null })
            .Select(command => catalog.Result(command.Result))
            .DistinctBy(result => result.Model)
            .Where(result => !done.Contains(result.Model))
            .OrderBy(result => result.Model, StringComparer.Ordinal))
        {
            if (Columns(result) is { Count: >= FewestColumns } columns)
            {
                Write(text, result.Model, columns);
            }
        }

        output.Write(FileName, text.Append("  </ViewDefinitions>\n</Configuration>\n").ToString());
    }

    /// <summary>Chooses the columns of a model's table.</summary>
    /// <param name="result">The model's class.</param>
    internal static IReadOnlyList<FieldSpec> Columns(ResultSpec result)
    {
        var plain = result.Fields
            .Where(field => field is { Sensitive: false, Of: null } && !Untelling.Contains(field.Name) && field.Type is not (FieldType.List or FieldType.Map or FieldType.Object or FieldType.Any))
            .ToList();
        var chosen = Telling.Select(name => plain.Find(field => field.Name == name)).OfType<FieldSpec>()
            .Concat(plain.Where(field => !Telling.Contains(field.Name) && !field.Name.EndsWith("id", StringComparison.Ordinal)))
            .Concat(plain.Where(field => field.Name == "id"));
        var columns = new List<FieldSpec>();
        var taken = 0;
        foreach (var field in chosen.Take(MostColumns))
        {
            taken += WidthOf(field) + 1;
            if (taken > Room)
            {
                break;
            }

            columns.Add(field);
        }

        return columns;
    }

    private static void Write(StringBuilder text, string model, IReadOnlyList<FieldSpec> columns)
    {
        text.Append($"    <View>\n      <Name>{model}</Name>\n      <ViewSelectedBy><TypeName>CloudStack.Client.Models.{model}</TypeName></ViewSelectedBy>\n");
        text.Append("      <TableControl>\n        <TableHeaders>\n");
        for (var i = 0; i < columns.Count; i++)
        {
            var width = i == columns.Count - 1 ? "" : $"<Width>{WidthOf(columns[i])}</Width>";
            text.Append($"          <TableColumnHeader><Label>{HeaderOf(columns[i])}</Label>{width}</TableColumnHeader>\n");
        }

        text.Append("        </TableHeaders>\n        <TableRowEntries><TableRowEntry><TableColumnItems>\n");
        foreach (var column in columns)
        {
            var format = column.Type == FieldType.Date ? "<FormatString>{0:yyyy-MM-dd HH:mm}</FormatString>" : "";
            text.Append($"          <TableColumnItem><PropertyName>{column.Label}</PropertyName>{format}</TableColumnItem>\n");
        }

        text.Append("        </TableColumnItems></TableRowEntry></TableRowEntries>\n      </TableControl>\n    </View>\n");
    }

    private static string HeaderOf(FieldSpec field) =>
        field.Label.Length > 4 && field.Name is not ("username" or "displayname" or "hostname") && field.Label.EndsWith("Name", StringComparison.Ordinal)
            ? field.Label[..^4]
            : field.Label;

    private static int WidthOf(FieldSpec field) => Math.Max(HeaderOf(field).Length, field switch
    {
        { Name: "name" or "displayname" or "description" } => 24,
        { Name: "id" } => 36,
        { Type: FieldType.Date } => 16,
        { Type: FieldType.Boolean } => 7,
        { Type: FieldType.Integer or FieldType.Number } => 9,
        _ => 14,
    });

    [GeneratedRegex(@"<TypeName>CloudStack\.Client\.Models\.(\w+)</TypeName>")]
    private static partial Regex TypeName();
}
