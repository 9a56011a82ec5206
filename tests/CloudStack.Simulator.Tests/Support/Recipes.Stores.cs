namespace CloudStack.Simulator.Tests.Support;

/// <content>Recipes for storage, hosts and what keeps copies.</content>
internal static partial class Recipes
{
    private static Dictionary<string, Recipe> Stores => new(StringComparer.Ordinal)
    {
        ["destroySharedFileSystem"] = Sample(("id", "SharedFSResponse")),
        ["expungeSharedFileSystem"] = Sample(("id", "SharedFSResponse")),
        ["recoverSharedFileSystem"] = Sample(("id", "SharedFSResponse")),
        ["revokeTemplateDirectDownloadCertificate"] = Sample(("id", "DirectDownloadCertificateResponse")),
    };
}
