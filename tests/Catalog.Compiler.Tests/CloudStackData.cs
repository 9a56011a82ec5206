using System.Reflection;
using System.Text.Json;
using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Loading;

namespace Catalog.Compiler.Tests;

/// <summary>The catalog of this repository, loaded once.</summary>
internal static class CloudStackData
{
    public static string Folder { get; } = typeof(CloudStackData).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "CatalogDirectory").Value!;

    public static IReadOnlyList<CatalogError> Errors { get; }

    public static CompiledCatalog Catalog { get; }

    /// <summary>The facts as they stand in the file, read without the loader.</summary>
    public static JsonElement Facts { get; } = Read("api.json");

    static CloudStackData()
    {
        var errors = new ErrorLog();
        var catalog = CatalogLoader.Load(Folder, errors);
        Errors = errors.Errors;
        Catalog = catalog ?? throw new InvalidOperationException(string.Join('\n', Errors));
    }

    public static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file)));
        return document.RootElement.Clone();
    }
}
