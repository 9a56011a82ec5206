using Catalog.Compiler.Cmdlets;
using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Emitting;
using Catalog.Compiler.Loading;
using Catalog.Compiler.Module;

namespace Catalog.Compiler;

/// <summary>The command line: <c>catalog-compiler TARGET[;TARGET…] --catalog DIR --out DIR</c>.</summary>
internal static class Program
{
    private const string Usage = "usage: catalog-compiler TARGET[;TARGET...] --catalog DIR --out DIR";

    private static readonly IEmitter[] Emitters =
    [
        new CatalogEmitter(), new ModelsEmitter(), new ToolsEmitter(), new CmdletsEmitter(), new ManifestEmitter(),
    ];

    /// <summary>Compiles the catalog into one folder per target below the output folder.</summary>
    /// <returns>0 on success, 1 where the catalog is defective, 2 where the command line is.</returns>
    public static int Main(string[] args)
    {
        if (args is not [var targets, "--catalog", var folder, "--out", var output])
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var emitters = new List<IEmitter>();
        foreach (var target in targets.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Emitters.FirstOrDefault(e => e.Target == target) is not { } emitter)
            {
                var known = string.Join(", ", Emitters.Select(e => e.Target));
                Console.Error.WriteLine($"catalog-compiler: error CAT000: There is no target '{target}'; known are {known}.");
                return 2;
            }

            emitters.Add(emitter);
        }

        var errors = new ErrorLog();
        if (CatalogLoader.Load(folder, errors) is not { } catalog)
        {
            foreach (var error in errors.Errors)
            {
                Console.Error.WriteLine(error);
            }

            return 1;
        }

        foreach (var emitter in emitters)
        {
            var target = new OutputFolder(Path.Combine(output, emitter.Target));
            emitter.Emit(catalog, target);
            target.Prune();
        }

        return 0;
    }
}
