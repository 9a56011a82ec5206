using System.CommandLine;
using CloudStack.Mcp.Http;

namespace CloudStack.Mcp.CommandLine;

/// <summary>The options that say how MCP is served over HTTP.</summary>
internal sealed class HttpOptions
{
    private readonly Option<string?> _http = new("--http")
    {
        Description = "Serve over HTTP on this address of this machine, instead of standard input and output; port 0 for a free one.",
        HelpName = "url",
    };

    private readonly Option<string[]> _hosts = ListOption.Create("--allowed-hosts", "Names that clients call this server by, besides its addresses and localhost.");

    private readonly Option<string[]> _origins = ListOption.Create("--allowed-origins", "Web origins whose pages may call, besides those of this machine.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_http, _hosts, _origins])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was set, or null where HTTP isn't asked for.</summary>
    /// <exception cref="Cloud.Core.Errors.CloudException">The address is none, or one that other machines reach.</exception>
    public HttpSettings? Read(ParseResult result)
    {
        if (result.GetValue(_http) is not { } url)
        {
            return null;
        }

        var listen = ListenAddress.Parse(
            url, anyAddress: false, "they could call every tool.", "name who may call in a configuration file (--config)");
        return new HttpSettings
        {
            Address = listen.Address,
            Port = listen.Port,
            AllowedHosts = ListOption.Values(result, _hosts),
            AllowedOrigins = ListOption.Values(result, _origins),
        };
    }
}
