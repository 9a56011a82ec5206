using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Cloud.Core.Catalog;
using CloudStack.Client;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes the names of the objects that a parameter identifies, as the connected cloud knows them; and ids, once one is begun.</summary>
/// <remarks>A key press never waits long and never fails: where the cloud is slow or refuses, there is nothing to complete.</remarks>
public sealed class NameCompleter : IArgumentCompleter
{
    private const int ShortestId = 3;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completed.Command(commandName) is { } command && EntityOf(command.FindParameter(parameterName), fakeBoundParameters) is { } entity
            ? Completed.FromEach(fakeBoundParameters, names => names.Find(entity, command.Category))
                .SelectMany(known => Of(known, wordToComplete))
                .DistinctBy(offer => offer.CompletionText)
            : [];

    private static IEnumerable<CompletionResult> Of(IReadOnlyList<KnownName> known, string? typed)
    {
        var several = known.GroupBy(name => name.Text, StringComparer.Ordinal)
            .Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        var isId = typed is { Length: >= ShortestId } && typed.All(c => char.IsAsciiHexDigitLower(c) || c == '-');
        var byName = known.Where(name => !several.Contains(name.Text)).Select(name => (name.Text, name.Text, name.Context));

        // A name that several objects share means none of them, so their ids stand in its place.
        var fits = CompletionWord.Fitting(typed);
        var shared = known.Where(name => several.Contains(name.Text) && name.Id.Length > 0 && fits(name.Text))
            .Select(name => CompletionWord.Result(name.Id, $"{name.Text} ({name.Id})", name.Context));
        var byId = isId ? known.Where(name => name.Id.Length > 0).Select(name => (name.Id, name.Text, name.Context)) : [];
        return CompletionWord.Match(typed, byName).Concat(shared).Concat(CompletionWord.Match(typed, byId));
    }

    private static string? EntityOf(ParameterSpec? parameter, IDictionary? bound) => parameter switch
    {
        null => null,
        { KindFrom: null } => parameter.Entity,
        { KindFrom: { } kind } => bound?[kind]?.ToString() is { } word ? ResourceKinds.ClassOf(word) : null,
    };
}
