using Catalog.Compiler.Help;

namespace Catalog.Compiler;

/// <summary>What the command line says.</summary>
/// <param name="Targets">The targets to write.</param>
/// <param name="Catalog">The catalog's folder.</param>
/// <param name="Output">The folder to write to.</param>
/// <param name="Cmdlets">The built cmdlets, or null where no target needs them.</param>
internal sealed record CommandLine(IReadOnlyList<string> Targets, string Catalog, string Output, TopicSource? Cmdlets)
{
    public const string Usage =
        "usage: catalog-compiler TARGET[;TARGET...] --catalog DIR --out DIR [--cmdlets DLL --powershell DLL]";

    /// <summary>Reads the arguments.</summary>
    /// <returns>What they say, or null where they aren't of the form that <see cref="Usage"/> shows.</returns>
    public static CommandLine? Parse(string[] args)
    {
        var (basic, cmdlets) = args is [.. var first, "--cmdlets", var assembly, "--powershell", var powerShell]
            ? (first, new TopicSource(assembly, powerShell))
            : (args, null);
        return basic is [var targets, "--catalog", var catalog, "--out", var output]
            ? new CommandLine(
                targets.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), catalog, output, cmdlets)
            : null;
    }
}
