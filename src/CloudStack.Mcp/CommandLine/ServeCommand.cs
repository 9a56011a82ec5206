using System.CommandLine;
using Cloud.Core.Errors;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Http;
using CloudStack.Mcp.Logging;
using CloudStack.Mcp.Operation;
using CloudStack.Mcp.Operation.Access;
using CloudStack.Mcp.Operation.Configuration;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.CommandLine;

/// <summary><c>serve</c>: the MCP server, over standard input and output or over HTTP.</summary>
internal static class ServeCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "serve";

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
        var file = new Option<string?>("--config")
        {
            Description = "Take every setting from this file: several clouds, callers and their roles, limits, replicas. No other option goes with it.",
            HelpName = "file",
        };
        var command = new Command(Name, "Serve MCP over standard input and output, or over HTTP.")
        {
            file, toolsets, readOnly, allow, deny, confirm, engine, poll, logLevel,
        };
        http.AddTo(command);
        connection.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandAction.RunAsync(json: false, () =>
        {
            if (result.GetValue(file) is { } path)
            {
                Alone(result, file);
                return ServeAsync(ConfigFile.Read(path), cancellationToken);
            }

            var source = connection.Source(result);
            return ServeAsync(
                new ServeConfig
                {
                    Clouds = [new CloudConfig(source.Name, source, LimitRule.None)],
                    DefaultCloud = source.Name,
                    Limit = new LimitRule(result.GetValue(readOnly), result.GetValue(allow) ?? [], result.GetValue(deny) ?? []),
                    Toolsets = result.GetValue(toolsets) ?? [],
                    Policy = ConfirmationPolicy.Parse(result.GetValue(confirm) ?? []),
                    Engine = result.GetValue(engine),
                    Follow = PollPaceSetting.Of(Checked(result.GetValue(poll))),
                    AuditPath = connection.AuditPath(result),
                    LogLevel = result.GetValue(logLevel),
                    Http = http.Read(result),
                },
                cancellationToken);
        }));
        return command;
    }

    private static async Task<int> ServeAsync(ServeConfig config, CancellationToken cancellationToken)
    {
        using var logger = new StderrLoggerFactory(config.LogLevel);
        using var tracing = Tracing.Start(config.Traces);
        await using var run = await ServeRun.CreateAsync(config, TimeProvider.System, logger, cancellationToken);
        await (config.Http is { } settings ? ServeHttpAsync(run, settings, cancellationToken) : run.ServeInputAsync(cancellationToken));
        return 0;
    }

    private static async Task ServeHttpAsync(ServeRun run, HttpSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var host = await run.StartHttpAsync(settings, cancellationToken);
            await Console.Out.WriteLineAsync($"MCP is served on {host.Url}");
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
        catch (IOException error)
        {
            throw new CloudException(ErrorCause.Local, $"Can't listen: {error.Message}", "Choose another port, or port 0 for a free one.", error);
        }
    }

    // Two places that set the same thing would leave the operator to guess which one holds.
    private static void Alone(ParseResult result, Option file)
    {
        var others = result.CommandResult.Command.Options.Where(option => option != file && result.GetResult(option) is { Implicit: false }).ToList();
        if (others.Count > 0)
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                $"--config doesn't go with {string.Join(", ", others.Select(option => option.Name))}.",
                "Set it in the file.");
        }
    }

    private static double? Checked(double? seconds) => seconds is null or (>= PollPaceSetting.Shortest and <= PollPaceSetting.Longest)
        ? seconds
        : throw new CloudException(
            ErrorCause.InvalidArgument,
            $"--poll-seconds must lie between {PollPaceSetting.Shortest} and {PollPaceSetting.Longest}.",
            "Give another number; each question costs the server a database write.");
}
