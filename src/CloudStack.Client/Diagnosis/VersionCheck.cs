using System.Globalization;
using Cloud.Core.Catalog;

namespace CloudStack.Client.Diagnosis;

/// <summary>The server's release beside the newest one that the catalog knows.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="signature">The check that heard what the server says of itself.</param>
internal sealed class VersionCheck(CommandCatalog catalog, SignatureCheck signature) : ICheck
{
    public string Name => "version";

    public Task<Finding> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Judge(signature.Capabilities?.GetText("cloudstackversion")));

    private Finding Judge(string? text)
    {
        if (Release(text) is not { } server)
        {
            return Finding.Skipped("unknown, since the server doesn't tell it");
        }

        var commands = catalog.Commands.ToList();
        var newest = commands.Max(command => Release(command.Since))!;
        if (server > newest)
        {
            return Finding.Warn(
                $"CloudStack {text}, newer than the catalog's {newest}", "Its newer commands aren't known here; look for a newer release of this program.");
        }

        var later = commands.Count(command => Release(command.Since) is { } since && since > server);
        return server == newest || later == 0
            ? Finding.Ok($"CloudStack {text}")
            : Finding.Warn(
                string.Create(CultureInfo.InvariantCulture, $"CloudStack {text}, older than the catalog's {newest}: {later} commands came later"),
                "Expect the server to refuse those commands, and parameters that came later.");
    }

    // 4.22.1.0 and 4.22.0.0-SNAPSHOT are both of the release 4.22.
    private static Version? Release(string? text) =>
        Version.TryParse(text?.Split('-')[0], out var version) ? new Version(version.Major, version.Minor) : null;
}
