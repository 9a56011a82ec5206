using Catalog.Compiler.Cmdlets;
using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Docs;
using Catalog.Compiler.Emitting;
using Catalog.Compiler.Help;
using Catalog.Compiler.Loading;
using Catalog.Compiler.Module;
using Catalog.Compiler.Search;

namespace Catalog.Compiler;

/// <summary>Compiles the catalog's data as the command line says.</summary>
internal static class Program
{
    private static readonly IEmitter[] Emitters =
    [
        new CatalogEmitter(), new ModelsEmitter(), new ToolsEmitter(), new CmdletsEmitter(), new ManifestEmitter(), new ViewsEmitter(),
        new TypesEmitter(), new PackageEmitter(), new SearchEmitter(),
    ];

    // These read what was built from the output of the others.
    private static IEmitter[] EmittersOf(TopicSource cmdlets) => [new HelpEmitter(cmdlets), new DocsEmitter(cmdlets)];

    /// <summary>Compiles the catalog into one folder per target below the output folder.</summary>
    /// <returns>0 on success, 1 where the catalog is defective, 2 where the command line is.</returns>
    public static int Main(string[] args)
    {
        if (CommandLine.Parse(args) is not { } line)
        {
            Console.Error.WriteLine(CommandLine.Usage);
            return 2;
        }

        IEmitter[] all = line.Cmdlets is null ? Emitters : [.. Emitters, .. EmittersOf(line.Cmdlets)];
        var emitters = new List<IEmitter>();
        foreach (var target in line.Targets)
        {
            if (all.FirstOrDefault(e => e.Target == target) is not { } emitter)
            {
                var known = string.Join(", ", all.Select(e => e.Target));
                Console.Error.WriteLine($"catalog-compiler: error CAT000: There is no target '{target}'; known are {known}.");
                return 2;
            }

            emitters.Add(emitter);
        }

        var errors = new ErrorLog();
        if (CatalogLoader.Load(line.Catalog, errors) is not { } catalog)
        {
            foreach (var error in errors.Errors)
            {
                Console.Error.WriteLine(error);
            }

            return 1;
        }

        foreach (var emitter in emitters)
        {
            var target = new OutputFolder(Path.Combine(line.Output, emitter.Target));
            emitter.Emit(catalog, target);
            target.Prune();
        }

        return 0;
    }
}
