using System.Security;
using System.Text.RegularExpressions;
using Catalog.Compiler.Emitting;

namespace Catalog.Compiler.Module;

/// <summary>
/// Writes what NuGet has to know to pack the module as the PowerShell Gallery wants it. All of it stands in the manifest;
/// the tags tell what the package holds.
/// </summary>
internal sealed partial class PackageEmitter : IEmitter
{
    // The gallery's own limit. The module's cmdlets take fifteen times as much, so most can't be named there.
    private const int LongestTags = 4000;

    public string Target => "package";

    public void Emit(CompiledCatalog catalog, OutputFolder output) => output.Write(
        "CloudStack.PowerShell.nuspec", Nuspec(ManifestEmitter.Template(), catalog.Commands.Select(command => command.Cmdlet).OfType<string>()));

    /// <summary>Writes the package's description.</summary>
    /// <param name="manifest">The hand-written manifest.</param>
    /// <param name="generated">The names of the generated cmdlets.</param>
    internal static string Nuspec(string manifest, IEnumerable<string> generated)
    {
        var prerelease = Value(manifest, "Prerelease");
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>CloudStack.PowerShell</id>
                <version>{Escape(Value(manifest, "ModuleVersion") + (prerelease.Length > 0 ? "-" + prerelease : ""))}</version>
                <authors>{Escape(Value(manifest, "Author"))}</authors>
                <requireLicenseAcceptance>false</requireLicenseAcceptance>
                <license type="expression">Apache-2.0</license>
                <readme>README.md</readme>
                <description>{Escape(Value(manifest, "Description"))}</description>
                <releaseNotes>{Escape(Value(manifest, "ReleaseNotes"))}</releaseNotes>
                <copyright>{Escape(Value(manifest, "Copyright"))}</copyright>
                <tags>{Escape(string.Join(' ', Tags(manifest, generated)))}</tags>
              </metadata>
            </package>

            """;
    }

    private static IEnumerable<string> Tags(string manifest, IEnumerable<string> generated)
    {
        var lists = TagList.Match(manifest).Groups[1].Value;
        var own = OwnCmdlet.Matches(manifest).Select(match => match.Groups[1].Value);
        var length = 0;
        return Quoted.Matches(lists).Select(match => match.Groups[1].Value)
            .Prepend("PSIncludes_Cmdlet").Prepend("PSModule")
            .Concat(own.Concat(generated.Order(StringComparer.Ordinal)).Select(cmdlet => $"PSCmdlet_{cmdlet}"))
            .TakeWhile(tag => (length += tag.Length + 1) <= LongestTags);
    }

    private static string Value(string manifest, string key) =>
        Regex.Match(manifest, $@"^\s*{key}\s*=\s*'((?:[^']|'')*)'", RegexOptions.Multiline).Groups[1].Value.Replace("''", "'", StringComparison.Ordinal);

    private static string Escape(string text) => SecurityElement.Escape(text);

    [GeneratedRegex(@"Tags\s*=\s*@\(([^)]*)\)")]
    private static partial Regex TagList { get; }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted { get; }

    [GeneratedRegex(@"^\s*'([A-Z][a-z]+-Cs\w+)',\s*$", RegexOptions.Multiline)]
    private static partial Regex OwnCmdlet { get; }
}
