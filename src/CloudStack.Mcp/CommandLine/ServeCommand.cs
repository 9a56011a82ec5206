using System.CommandLine;
using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Http;
using CloudStack.Mcp.Logging;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Protocol;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.CommandLine;

/// <summary><c>serve</c>: the MCP server, over standard input and output or over HTTP.</summary>
internal static class ServeCommand
{
    private const double ShortestPoll = 0.05;
    private const double LongestPoll = 60;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var http = new HttpOptions();
        var toolsets = ListOption.Create("--toolsets", "Also list direct tools, one per command: categories such as network,virtual-machine, or all.");
        var readOnly = new Option<bool>("--read-only") { Description = "Let only reads through." };
        var allow = ListOption.Create("--allow", "Let only these through: an effect with the milder ones, categories, commands.");
        var deny = ListOption.Create("--deny", "Let these not through: an effect with the worse ones, categories, commands.");
        var confirm = ListOption.Create("--confirm", "How an effect is confirmed, such as critical=token: allow, ask, elicit, token or deny.");
        var engine = new Option<EngineKind>("--engine")
        {
            Description = "What carries calls out: direct, powershell (an installed PowerShell 7.4 or later), or auto (PowerShell where it can be used).",
        };
        var poll = new Option<double?>("--poll-seconds")
        {
            Description = "How long to wait before a job is first asked about; each further wait is longer, up to ten times as long. Default: 1.",
            HelpName = "n",
        };
        var logLevel = new Option<LogLevel>("--log-level") { Description = "The least level logged to standard error.", DefaultValueFactory = _ => LogLevel.Warning };
        var command = new Command("serve", "Serve MCP over standard input and output, or over HTTP.") { toolsets, readOnly, allow, deny, confirm, engine, poll, logLevel };
        http.AddTo(command);
        connection.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandAction.RunAsync(json: false, async () =>
        {
            using var logger = new StderrLoggerFactory(result.GetValue(logLevel));
            using var server = new LocalServer(connection.Source(result), connection.AuditPath(result), new ServerSettings
            {
                Toolsets = result.GetValue(toolsets) ?? [],
                ReadOnly = result.GetValue(readOnly),
                Allow = result.GetValue(allow) ?? [],
                Deny = result.GetValue(deny) ?? [],
                Policy = ConfirmationPolicy.Parse(result.GetValue(confirm) ?? []),
                Engine = result.GetValue(engine),
                Follow = Follow(result.GetValue(poll)),
                Logger = logger,
            });
            server.Check();
            server.Warm(logger);
            await (http.Read(result) is { } settings
                ? ServeHttpAsync(server, settings, logger, cancellationToken)
                : ServeInputAsync(server, logger, cancellationToken));
            return 0;
        }));
        return command;
    }

    private static async Task ServeInputAsync(LocalServer server, ILoggerFactory logger, CancellationToken cancellationToken)
    {
        await using var transport = LineTransport.OfProcess();
        await server.ToMcp(logger).RunAsync(transport, cancellationToken);
    }

    private static async Task ServeHttpAsync(LocalServer server, HttpSettings settings, ILoggerFactory logger, CancellationToken cancellationToken)
    {
        try
        {
            var mcp = server.ToMcp(logger);
            await using var host = await HttpHost.StartAsync(settings, _ => mcp.Options(), compose: null, logger, cancellationToken);
            await Console.Out.WriteLineAsync($"MCP is served on {host.Url}");
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
        catch (IOException error)
        {
            throw new CloudException(ErrorCause.Local, $"Can't listen: {error.Message}", "Choose another port with --http, or port 0 for a free one.", error);
        }
    }

    private static FollowPolicy? Follow(double? seconds) => seconds switch
    {
        null => null,
        >= ShortestPoll and <= LongestPoll => new FollowPolicy(TimeSpan.FromSeconds(seconds.Value), TimeSpan.FromSeconds(seconds.Value * 10)),
        _ => throw new CloudException(
            ErrorCause.InvalidArgument,
            $"--poll-seconds must lie between {ShortestPoll} and {LongestPoll}.",
            "Give another number; each question costs the server a database write."),
    };
}
