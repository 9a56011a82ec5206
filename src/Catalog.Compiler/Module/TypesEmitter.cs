using System.Text;
using Catalog.Compiler.Cmdlets;
using Catalog.Compiler.Emitting;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Module;

/// <summary>
/// Writes other names of properties: a model's own id as <c>VirtualMachineId</c>, for functions that take it by that name
/// from the pipeline, and <c>Name</c> where people call an object by another field.
/// </summary>
/// <remarks>
/// Our own cmdlets take identifiers as whole objects and never from a property. A name that one of them takes from a
/// property as a plain value gets no alias, so that nothing binds by chance.
/// </remarks>
internal sealed class TypesEmitter : IEmitter
{
    private const string FileName = "CloudStack.PowerShell.types.ps1xml";

    public string Target => "types";

    public void Emit(CompiledCatalog catalog, OutputFolder output)
    {
        var taken = TakenFromProperties(catalog);
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Types>\n");
        foreach (var result in ViewsEmitter.Shown(catalog, new Columns(catalog)))
        {
            Write(text, result, [.. Aliases(result).Where(alias => !taken.Contains(alias.Name))]);
        }

        output.Write(FileName, text.Append("</Types>\n").ToString());
    }

    private static IEnumerable<(string Name, string Property)> Aliases(ResultSpec result)
    {
        var labels = result.Fields.Select(field => field.Label).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (labels.Contains("Id") && !labels.Contains(result.Model + "Id"))
        {
            yield return (result.Model + "Id", "Id");
        }

        if (!labels.Contains("Name") && result.Finder is { } finder
            && result.Fields.FirstOrDefault(field => field.Name == finder.NameField) is { } name)
        {
            yield return ("Name", name.Label);
        }
    }

    private static HashSet<string> TakenFromProperties(CompiledCatalog catalog)
    {
        var parameters = new CmdletParameters(new ParameterTypes(catalog));
        return catalog.Commands
            .Where(command => command.Cmdlet is not null)
            .SelectMany(parameters.Of)
            .Where(parameter => parameter.FromProperty && parameter.Name != "Name")
            .SelectMany(parameter => new[] { parameter.Name, parameter.Alias })
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static void Write(StringBuilder text, ResultSpec result, IReadOnlyList<(string Name, string Property)> aliases)
    {
        if (aliases.Count == 0)
        {
            return;
        }

        text.Append($"  <Type>\n    <Name>CloudStack.Client.Models.{result.Model}</Name>\n    <Members>\n");
        foreach (var (name, property) in aliases)
        {
            text.Append($"      <AliasProperty><Name>{name}</Name><ReferencedMemberName>{property}</ReferencedMemberName></AliasProperty>\n");
        }

        text.Append("    </Members>\n  </Type>\n");
    }
}
