using Benchmarks;

// Whole processes and pairs of things are measured here, which a benchmark library built for single methods can't do.
const string Usage = """
    dotnet run -c Release --project tests/Benchmarks -- listing
    dotnet run -c Release --project tests/Benchmarks -- paging
    dotnet run -c Release --project tests/Benchmarks -- signing
    dotnet run -c Release --project tests/Benchmarks -- jobs
    dotnet run -c Release --project tests/Benchmarks -- simulator [PATH]
    dotnet run -c Release --project tests/Benchmarks -- server PATH   (PATH: the published cloudstack-mcp)
    dotnet run -c Release --project tests/Benchmarks -- engines PATH  (the same, with PowerShell 7.4 or later installed)
    dotnet run -c Release --project tests/Benchmarks -- http PATH
    dotnet run -c Release --project tests/Benchmarks -- powershell PATH   (PATH: the built module's manifest)
    """;

switch (args)
{
    case ["listing"]:
        await ListingBenchmark.RunAsync();
        return 0;
    case ["paging"]:
        await PagingBenchmark.RunAsync();
        return 0;
    case ["signing"]:
        SigningBenchmark.Run();
        return 0;
    case ["jobs"]:
        await JobsBenchmark.RunAsync();
        return 0;
    case ["simulator"]:
        await SimulatorBenchmark.RunAsync(server: null);
        return 0;
    case ["simulator", var path]:
        await SimulatorBenchmark.RunAsync(path);
        return 0;
    case ["server", var path]:
        await ServerBenchmark.RunAsync(path);
        return 0;
    case ["engines", var path]:
        await EngineBenchmark.RunAsync(path);
        return 0;
    case ["http", var path]:
        await HttpBenchmark.RunAsync(path);
        return 0;
    case ["powershell", var manifest]:
        return await PowerShellBenchmark.RunAsync(manifest);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
