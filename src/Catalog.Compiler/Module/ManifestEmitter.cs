using System.Text.RegularExpressions;
using Catalog.Compiler.Emitting;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Module;

/// <summary>
/// Writes the module's manifest: the hand-written one with every generated cmdlet and alias named in its export lists.
/// PowerShell finds commands of a module that isn't loaded yet by these lists, and loads it faster with them.
/// </summary>
internal sealed partial class ManifestEmitter : IEmitter
{
    private const string FileName = "CloudStack.PowerShell.psd1";

    public string Target => "manifest";

    /// <summary>The module's identity, as the manifest has it.</summary>
    internal static string ModuleGuid => GuidLine.Match(Template()).Groups[1].Value;

    public void Emit(CompiledCatalog catalog, OutputFolder output) => output.Write(FileName, Fill(Template(), catalog.Commands));

    /// <summary>Fills the manifest's lists.</summary>
    /// <param name="template">The hand-written manifest with the lines <c># cmdlets</c> and <c># aliases</c> in its lists.</param>
    /// <param name="commands">The commands.</param>
    /// <exception cref="InvalidOperationException">A line is missing.</exception>
    internal static string Fill(string template, IEnumerable<CommandSpec> commands)
    {
        var exported = commands.Where(command => command.Cmdlet is not null).ToList();
        var withCmdlets = Replace(template, "# cmdlets", exported.Select(command => command.Cmdlet!));
        return Replace(withCmdlets, "# aliases", exported.Select(command => command.Name));
    }

    /// <summary>The hand-written manifest.</summary>
    internal static string Template()
    {
        using var resource = typeof(ManifestEmitter).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"GUID\s*=\s*'([0-9a-f-]{36})'")]
    private static partial Regex GuidLine { get; }

    private static string Replace(string template, string mark, IEnumerable<string> names)
    {
        var at = template.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new InvalidOperationException($"The manifest {FileName} has no line '{mark}'.");
        }

        var indent = new string(' ', at - template.LastIndexOf('\n', at) - 1);
        var list = string.Join(",\n" + indent, names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));
        return template[..at] + list + template[(at + mark.Length)..];
    }
}
