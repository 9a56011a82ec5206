using System.Net;

namespace CloudStack.Client.Diagnosis;

/// <summary>The form of the server's address.</summary>
/// <param name="url">The API's full address.</param>
internal sealed class UrlCheck(Uri url) : ICheck
{
    private const string UsualPath = "/client/api";

    public string Name => "url";

    public Task<Finding> RunAsync(CancellationToken cancellationToken) => Task.FromResult(Run());

    private Finding Run()
    {
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && !(IPAddress.TryParse(url.IdnHost, out var address) && IPAddress.IsLoopback(address)))
        {
            return Finding.Warn(
                $"{url} is plain HTTP: whoever is on the way reads every answer, passwords included", "Use https, where the server offers it.");
        }

        return url.AbsolutePath == UsualPath
            ? Finding.Ok($"{url}")
            : Finding.Warn($"{url} has an unusual path", $"Check the address; the API's path is {UsualPath} unless a proxy changes it.");
    }
}
