using System.Reflection;

namespace Repository.Tests;

/// <summary>The checkout these tests were built from.</summary>
internal static class Checkout
{
    private static readonly string[] BuildFolders = ["bin", "obj", "TestResults", "out", ".git", "node_modules"];

    public static string Root { get; } = typeof(Checkout).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Files of the checkout without build output, as paths relative to its root with forward slashes.</summary>
    public static IEnumerable<string> Files(string pattern) => Directory
        .EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(BuildFolders.Contains));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));
}
