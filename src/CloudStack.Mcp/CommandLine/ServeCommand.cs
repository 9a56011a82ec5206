using System.CommandLine;
using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Logging;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Protocol;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.CommandLine;

/// <summary><c>serve</c>: the MCP server over standard input and output.</summary>
internal static class ServeCommand
{
    private const double ShortestPoll = 0.05;
    private const double LongestPoll = 60;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var toolsets = Many("--toolsets", "Also list direct tools, one per command: categories such as network,virtual-machine, or all.");
        var readOnly = new Option<bool>("--read-only") { Description = "Let only reads through." };
        var allow = Many("--allow", "Let only these through: an effect with the milder ones, categories, commands.");
        var deny = Many("--deny", "Let these not through: an effect with the worse ones, categories, commands.");
        var confirm = Many("--confirm", "How an effect is confirmed, such as critical=token: allow, ask, elicit, token or deny.");
        var poll = new Option<double?>("--poll-seconds")
        {
            Description = "How long to wait before a job is first asked about; each further wait is longer, up to ten times as long. Default: 1.",
            HelpName = "n",
        };
        var logLevel = new Option<LogLevel>("--log-level") { Description = "The least level logged to standard error.", DefaultValueFactory = _ => LogLevel.Warning };
        var command = new Command("serve", "Serve MCP over standard input and output.") { toolsets, readOnly, allow, deny, confirm, poll, logLevel };
        connection.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandAction.RunAsync(json: false, async () =>
        {
            using var server = new LocalServer(connection.Source(result), connection.AuditPath(result), new ServerSettings
            {
                Toolsets = result.GetValue(toolsets) ?? [],
                ReadOnly = result.GetValue(readOnly),
                Allow = result.GetValue(allow) ?? [],
                Deny = result.GetValue(deny) ?? [],
                Policy = ConfirmationPolicy.Parse(result.GetValue(confirm) ?? []),
                Follow = Follow(result.GetValue(poll)),
            });
            server.Check();
            using var logger = new StderrLoggerFactory(result.GetValue(logLevel));
            await using var transport = new StdioServerTransport(CloudMcpServer.ProgramName, logger);
            await server.ToMcp(logger).RunAsync(transport, cancellationToken);
            return 0;
        }));
        return command;
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

    private static Option<string[]> Many(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "a,b",
    };
}
