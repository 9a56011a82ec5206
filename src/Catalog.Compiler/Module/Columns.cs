using System.Globalization;
using System.Text.Json;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Module;

/// <summary>Chooses the columns of a model: those written by hand in views.json, else by rule, no wider than 120 together.</summary>
/// <param name="catalog">The catalog.</param>
internal sealed class Columns(CompiledCatalog catalog)
{
    private const string FileName = "views.json";
    private const int MostColumns = 7;

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
        ["jobid", "jobstatus", "hasannotations", "certificate", "cacertificates", "certchain", "headers", "payload", "response", "userdata"];

    private static readonly string[] Bytes = ["virtualsize", "physicalsize", "disksizetotal", "disksizeused", "disksizeallocated"];

    private readonly IReadOnlyDictionary<string, string> _written = Written();

    /// <summary>The models whose columns are written by hand.</summary>
    public IEnumerable<string> WrittenModels => _written.Keys;

    /// <summary>Gives a model's columns.</summary>
    /// <param name="result">The model's class.</param>
    /// <exception cref="InvalidOperationException">A column written by hand names no field.</exception>
    public IReadOnlyList<Column> Of(ResultSpec result) => _written.TryGetValue(result.Model, out var line)
        ? [.. line.Split(' ').Select(word => Read(result, word))]
        : ByRule(result);

    /// <summary>Gives every plain field of an object that a cloud has one of, as nothing tells it from another: it's read as a list. None for other models.</summary>
    /// <param name="result">The model's class.</param>
    public static IReadOnlyList<Column> OfOnlyOne(ResultSpec result)
    {
        var plain = Plain(result);
        return plain.Count > MostColumns && !plain.Exists(field => field.Name == "id" || Telling.Contains(field.Name))
            ? plain.ConvertAll(ByRule)
            : [];
    }

    private static Dictionary<string, string> Written()
    {
        using var resource = typeof(Columns).Assembly.GetManifestResourceStream(FileName)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(resource)!;
    }

    // [Header=]field[:width][!unit], a field of a nested object behind a dot.
    private Column Read(ResultSpec result, string word)
    {
        var (before, unit) = word.Split('!') is [var left, var right] ? (left, right) : (word, null);
        var (named, width) = before.Split(':') is [var name, var number] ? (name, int.Parse(number, CultureInfo.InvariantCulture)) : (before, (int?)null);
        var (header, path) = named.Split('=') is [var title, var wire] ? (title, wire) : (null, named);
        if (path.Split('.') is [var outer, var inner])
        {
            var list = Field(result, outer);
            var nested = Field(catalog.Result(list.Of!), inner);
            return new Column(header!, width ?? WidthOf(nested), $"{list.Label}[0].{nested.Label}", nested, unit);
        }

        var field = Field(result, path);
        return new Column(header is null ? HeaderOf(field) : Titled(header), width ?? (unit is null ? WidthOf(field) : 10), field.Label, field, unit);
    }

    private static string Titled(string header) => char.ToUpperInvariant(header[0]) + header[1..];

    private static FieldSpec Field(ResultSpec result, string name) => result.Fields.FirstOrDefault(field => field.Name == name)
        ?? throw new InvalidOperationException($"{FileName}: {result.Model} has no field '{name}'.");

    private static List<FieldSpec> Plain(ResultSpec result) => [.. result.Fields
        .Where(field => field is { Sensitive: false, Of: null } && !Untelling.Contains(field.Name)
            && field.Type is not (FieldType.List or FieldType.Map or FieldType.Object or FieldType.Any))];

    private static List<Column> ByRule(ResultSpec result)
    {
        var plain = Plain(result);
        var chosen = Telling.Select(name => plain.Find(field => field.Name == name)).OfType<FieldSpec>()
            .Concat(plain.Where(field => !Telling.Contains(field.Name) && !field.Name.EndsWith("id", StringComparison.Ordinal)))
            .Concat(plain.Where(field => field.Name == "id"));
        var columns = new List<Column>();
        var taken = 0;
        foreach (var column in chosen.Take(MostColumns).Select(ByRule))
        {
            taken += column.Width + 1;
            if (taken > Room)
            {
                break;
            }

            columns.Add(column);
        }

        return columns;
    }

    private static Column ByRule(FieldSpec field)
    {
        var unit = Bytes.Contains(field.Name) ? "bytes" : null;
        return new Column(HeaderOf(field), unit is null ? WidthOf(field) : 10, field.Label, field, unit);
    }

    private static string HeaderOf(FieldSpec field) =>
        field.Label.Length > 4 && field.Name is not ("username" or "displayname" or "hostname" or "firstname" or "lastname") && field.Label.EndsWith("Name", StringComparison.Ordinal)
            ? field.Label[..^4]
            : field.Name == "hostname" ? "Host" : field.Label;

    private static int WidthOf(FieldSpec field) => Math.Max(HeaderOf(field).Length, field switch
    {
        { Name: "name" or "displayname" or "description" } => 24,
        { Name: "id" } => 36,
        { Type: FieldType.Date } => 16,
        { Type: FieldType.Boolean } => 7,
        { Type: FieldType.Integer or FieldType.Number } => 9,
        _ => 14,
    });
}
