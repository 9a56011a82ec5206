using Catalog.Compiler.Loading;

namespace Catalog.Compiler.Help;

/// <summary>A type that a cmdlet takes or writes, and what is to be said of it.</summary>
/// <param name="Type">The type's name.</param>
/// <param name="Explanation">Paragraphs; empty where the type says it all.</param>
internal sealed record TypeTopic(string Type, IReadOnlyList<string> Explanation);

/// <summary>Everything that help says about one cmdlet, whatever the form it's written in.</summary>
/// <param name="Cmdlet">The cmdlet as built.</param>
/// <param name="Synopsis">One sentence.</param>
/// <param name="Description">One paragraph.</param>
/// <param name="Parameters">For each parameter of the cmdlet, in its order, the paragraphs that explain it.</param>
/// <param name="Inputs">What the pipeline may bring.</param>
/// <param name="Outputs">What the cmdlet writes.</param>
/// <param name="Notes">Facts beside the words, one a paragraph.</param>
/// <param name="Examples">The examples.</param>
/// <param name="Related">The names of related cmdlets.</param>
internal sealed record CmdletTopic(
    BuiltCmdlet Cmdlet,
    string Synopsis,
    string Description,
    IReadOnlyList<IReadOnlyList<string>> Parameters,
    IReadOnlyList<TypeTopic> Inputs,
    IReadOnlyList<TypeTopic> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<Example> Examples,
    IReadOnlyList<string> Related);
