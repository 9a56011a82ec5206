namespace Catalog.Compiler.Tests;

/// <summary>The command line, as the build calls it.</summary>
[Collection("console")]
public sealed class ProgramTests : IDisposable
{
    private readonly TinyCatalog _tiny = new();
    private readonly string _out = Directory.CreateTempSubdirectory("catalog-out-").FullName;

    [Fact]
    public void Each_target_gets_a_folder_of_its_own()
    {
        Assert.Equal(0, Run("catalog;models;tools").Exit);

        Assert.Equal(
            [
                "catalog/commands.jsonl", "catalog/results.jsonl",
                "models/ModelFactory.cs", "models/SuccessResult.cs", "models/Zone.cs",
                "tools/aliases.jsonl", "tools/tools.jsonl",
            ],
            Files());
    }

    [Fact]
    public void A_second_run_touches_nothing()
    {
        Run("catalog;models;tools");
        var long_ago = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        foreach (var file in Files())
        {
            File.SetLastWriteTimeUtc(Path.Combine(_out, file), long_ago);
        }

        Run("catalog;models;tools");

        Assert.All(Files(), file => Assert.Equal(long_ago, File.GetLastWriteTimeUtc(Path.Combine(_out, file))));
    }

    [Fact]
    public void A_file_that_is_no_longer_written_is_deleted()
    {
        Run("models");
        _tiny.Replace("names.json", "\"ZoneResponse\": \"Zone\"", "\"ZoneResponse\": \"Region\"");

        Run("models");

        Assert.Equal(["models/ModelFactory.cs", "models/Region.cs", "models/SuccessResult.cs"], Files());
    }

    [Fact]
    public void A_defective_catalog_ends_with_1_and_writes_nothing()
    {
        _tiny.Replace("names.json", "Get-CsZone", "Fetch-CsZone");

        var (exit, error) = Run("catalog");

        Assert.Equal(1, exit);
        Assert.Contains("names.json(4,5): error CAT007:", error, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Fact]
    public void An_unknown_target_ends_with_2_and_names_the_known_ones()
    {
        var (exit, error) = Run("catalog;pictures");

        Assert.Equal(2, exit);
        Assert.Contains("'pictures'", error, StringComparison.Ordinal);
        Assert.Contains("catalog, models, tools", error, StringComparison.Ordinal);
        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("help")]
    [InlineData("docs")]
    public void What_is_written_about_built_cmdlets_needs_them(string target)
    {
        var (exit, error) = Run(target);

        Assert.Equal(2, exit);
        Assert.Contains($"no target '{target}'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_command_line_ends_with_2_and_the_usage()
    {
        var error = Console.Error;
        using var captured = new StringWriter();
        Console.SetError(captured);
        try
        {
            Assert.Equal(2, Program.Main(["catalog"]));
        }
        finally
        {
            Console.SetError(error);
        }

        Assert.Contains("usage:", captured.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _tiny.Dispose();
        Directory.Delete(_out, recursive: true);
    }

    private (int Exit, string Error) Run(string targets)
    {
        var error = Console.Error;
        using var captured = new StringWriter();
        Console.SetError(captured);
        try
        {
            return (Program.Main([targets, "--catalog", _tiny.Folder, "--out", _out]), captured.ToString());
        }
        finally
        {
            Console.SetError(error);
        }
    }

    private string[] Files() =>
    [
        .. Directory.GetFiles(_out, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_out, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}
