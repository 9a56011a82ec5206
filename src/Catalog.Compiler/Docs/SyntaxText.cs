using System.Text;
using Catalog.Compiler.Help;

namespace Catalog.Compiler.Docs;

/// <summary>Writes the syntax of one parameter set as a code block.</summary>
internal static class SyntaxText
{
    private const int Width = 100;

    /// <summary>Writes the heading and the block.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="set">The set's name, or null for the only one.</param>
    public static string Write(BuiltCmdlet cmdlet, string? set)
    {
        var title = set is null ? "__AllParameterSets" : set == cmdlet.DefaultSet ? $"{set} (Default)" : set;
        var text = new StringBuilder($"### {title}\n\n```\n{cmdlet.Name}");
        var column = cmdlet.Name.Length;
        foreach (var word in cmdlet.Line(set).Select(pair => Parameter(pair.Parameter, pair.Use)).Append("[<CommonParameters>]"))
        {
            if (column + 1 + word.Length > Width)
            {
                text.Append('\n');
                column = 0;
            }

            text.Append(' ').Append(word);
            column += 1 + word.Length;
        }

        return text.Append("\n```").ToString();
    }

    private static string Parameter(BuiltParameter parameter, ParameterUse use)
    {
        var name = use.Position is null ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        var whole = parameter.IsSwitch ? name : $"{name} <{parameter.Type}>";
        return use.Mandatory ? whole : $"[{whole}]";
    }
}
