using Catalog.Compiler.Emitting;

namespace Catalog.Compiler.Cmdlets;

/// <summary>Writes one cmdlet class per command that has a cmdlet name.</summary>
internal sealed class CmdletsEmitter : IEmitter
{
    public string Target => "cmdlets";

    public void Emit(CompiledCatalog catalog, OutputFolder output)
    {
        var cmdlet = new CmdletClass(catalog);
        foreach (var command in catalog.Commands.Where(command => command.Cmdlet is not null))
        {
            output.Write($"{CmdletClass.NameOf(command)}.cs", cmdlet.Write(command));
        }
    }
}
