using Cloud.Core.Catalog;

namespace Catalog.Compiler.Emitting;

/// <summary>
/// Shortens explanations for tool schemas, which a model pays for with every question. <c>cloud_describe</c> has them whole.
/// </summary>
/// <param name="catalog">The catalog, which knows what can be named instead of identified.</param>
internal sealed class ToolWords(CompiledCatalog catalog)
{
    private const string Id = "Id of ";
    private const string Ids = "Ids of ";

    /// <summary>Explains a parameter in one clause, or not at all.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parameter">Its parameter.</param>
    /// <param name="brief">True to explain only what is required or means something special in this command.</param>
    /// <returns>The text, or an empty one where the name has to do.</returns>
    public string Of(CommandSpec command, ParameterSpec parameter, bool brief)
    {
        return brief && !parameter.Required && !HasOwnWords(command, parameter) ? "" : Shorten(parameter);
    }

    /// <summary>Takes a text's marks off.</summary>
    public static string Plain(string text) => text.Replace("`", "", StringComparison.Ordinal);

    private bool HasOwnWords(CommandSpec command, ParameterSpec parameter) =>
        catalog.Words.Of(command.Name).Parameters.ContainsKey(parameter.Name);

    private string Shorten(ParameterSpec parameter)
    {
        var text = Plain(parameter.Explanation);
        if (parameter.Type == ParameterType.List)
        {
            // An array in JSON, whatever separates its items on the wire.
            text = text.Replace(", comma-separated", "", StringComparison.Ordinal);
        }

        var end = text.IndexOf("; ", StringComparison.Ordinal);
        var clause = end < 0 ? text : text[..end] + ".";
        if (!catalog.CanBeNamed(parameter))
        {
            return clause;
        }

        return clause switch
        {
            "" => "Name or id.",
            _ when clause.StartsWith(Id, StringComparison.Ordinal) => $"Name or id of {clause[Id.Length..]}",
            _ when clause.StartsWith(Ids, StringComparison.Ordinal) => $"Names or ids of {clause[Ids.Length..]}",
            _ => clause,
        };
    }
}
