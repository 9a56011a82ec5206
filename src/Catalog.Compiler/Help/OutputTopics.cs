using Cloud.Core.Catalog;

namespace Catalog.Compiler.Help;

/// <summary>Explains what a cmdlet writes.</summary>
/// <param name="catalog">The catalog, whose glossary explains the fields.</param>
/// <param name="comments">The comments of the assembly that holds the cmdlets, for types that are no models.</param>
internal sealed class OutputTopics(CompiledCatalog catalog, SourceComments comments)
{
    private readonly ILookup<string, string> _lists = catalog.Commands
        .Where(command => command is { IsList: true, Cmdlet: not null })
        .ToLookup(command => command.Result, command => command.Cmdlet!, StringComparer.Ordinal);

    /// <summary>Gives one topic for each type.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="command">Its command, or null for one of the module's own.</param>
    public IReadOnlyList<TypeTopic> Of(BuiltCmdlet cmdlet, CommandSpec? command)
    {
        var model = command is null ? null : catalog.Result(command.Result);
        return [.. cmdlet.Outputs.Select(type => new TypeTopic(type, type.Split('.')[^1] switch
        {
            "StartedJob" => ["With -NoWait: the job, which Wait-CsJob takes."],
            "CommandResult" when command is not null => ["With -PassThru: what was done. Otherwise success is silent."],
            "Void" => ["Nothing."],
            var name when name == model?.Model => OnModel(command!, model),
            _ => comments.OfType(type) is { Length: > 0 } comment ? [comment] : [],
        }))];
    }

    private IReadOnlyList<string> OnModel(CommandSpec command, ResultSpec model)
    {
        if (!command.IsList && ListOf(model) is { } list)
        {
            return [$"Get-Help {list} -Full explains the properties."];
        }

        return [string.Join('\n', model.Fields.DistinctBy(field => field.Label).Select(field =>
            $"{field.Label}: {catalog.Words.Field(field.Name)}{(field.Sensitive ? " A secret." : "")}"))];
    }

    private string? ListOf(ResultSpec model)
    {
        var finder = model.Finder is null ? null : catalog.Commands.First(c => c.Name == model.Finder.Command).Cmdlet;
        return finder ?? _lists[model.Class].FirstOrDefault();
    }
}
