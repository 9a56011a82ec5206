using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Results.Filters;
using CloudStack.Mcp.Server.Results.Groups;

namespace CloudStack.Mcp.Server.Results;

/// <summary>What this side does with the rows of a list, checked before anything is sent.</summary>
/// <param name="Filter">The condition that rows have to meet, or null.</param>
/// <param name="Groups">Where rows are counted up instead of listed, or null.</param>
internal sealed record ReadPlan(IRowTest? Filter, GroupTable? Groups)
{
    /// <summary>The most rows that are looked at here for one answer.</summary>
    public const int MostLookedAt = 100_000;

    /// <summary>True where rows are looked at here, so that all have to come.</summary>
    public bool LooksAtAll => Filter is not null || Groups is not null;

    /// <summary>Checks a read.</summary>
    /// <param name="read">The read.</param>
    /// <param name="catalog">Knows the rows' fields.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.InvalidArgument"/>, naming every problem.</exception>
    public static ReadPlan Of(ReadRequest read, CommandCatalog catalog)
    {
        var type = catalog.FindResult(read.Command.Result);
        var problems = new List<string>();
        problems.AddRange(UnknownFields(read.Fields, type));
        problems.AddRange(Pages(read));
        if (!read.Command.IsList && (read.Filter is not null || read.IsAggregate))
        {
            problems.Add("it answers with one object, so there are no rows to filter or group");
        }

        var groups = Groupings(read, type, catalog, problems);
        if (problems.Count > 0)
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                $"{read.Command.Name}: {ProblemText.Sentence(problems)}",
                $"Ask for fields that cloud_describe lists, or for '{ListColumns.All}'; nothing was sent.")
            {
                Command = read.Command.Name,
                Problems = problems,
            };
        }

        return new ReadPlan(read.Filter is { } text ? FilterParser.Parse(text, read.Command, catalog) : null, groups);
    }

    private static IEnumerable<string> UnknownFields(IReadOnlyList<string> fields, ResultSpec? type)
    {
        if (type is not { Fields.Count: > 0 })
        {
            return [];
        }

        var known = type.Fields.Select(f => f.Name).ToList();
        return fields
            .Where(f => f != ListColumns.All && !known.Contains(f, StringComparer.OrdinalIgnoreCase))
            .Select(f => Spelling.Closest(f, known) is { } closest ? $"there is no field '{f}'; did you mean '{closest}'?" : $"there is no field '{f}'");
    }

    // A cursor counts rows; beside a page of the server's it would count others.
    private static IEnumerable<string> Pages(ReadRequest read) => !read.Command.IsPaged ? [] : read.Arguments.Keys
        .Where(name => name.Equals("page", StringComparison.OrdinalIgnoreCase) || name.Equals("pagesize", StringComparison.OrdinalIgnoreCase))
        .Select(name => $"'{name}' is not taken here: a list is read in parts with limit and cursor");

    private static GroupTable? Groupings(ReadRequest read, ResultSpec? type, CommandCatalog catalog, List<string> problems)
    {
        if (!read.IsAggregate)
        {
            return null;
        }

        if (read.Groups.Count > GroupTable.MostFields || read.Measures.Count > GroupTable.MostMeasures)
        {
            problems.Add($"there may be at most {GroupTable.MostFields} fields in group and {GroupTable.MostMeasures} measures");
        }

        var fields = new List<FieldPath>();
        foreach (var text in read.Groups)
        {
            Keep(fields, FieldPath.Read(text, type, catalog, out var problem), problem, problems);
        }

        var measures = new List<Measure>();
        foreach (var text in read.Measures.Prepend(Measure.Count.Name))
        {
            Keep(measures, Measure.Read(text, type, catalog, out var problem), problem, problems);
        }

        return new GroupTable([.. fields.DistinctBy(f => f.Text)], [.. measures.DistinctBy(m => m.Name)]);
    }

    private static void Keep<T>(List<T> items, T? item, string? problem, List<string> problems) where T : class
    {
        if (item is null)
        {
            problems.Add(problem!);
        }
        else
        {
            items.Add(item);
        }
    }
}
