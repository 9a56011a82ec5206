using System.CommandLine;
using System.Text.Json;
using Cloud.Core.Profiles;
using CloudStack.Client;
using CloudStack.Mcp.CommandLine.Coverage;
using CloudStack.Mcp.CommandLine.Doctor.Machine;
using CloudStack.Mcp.Engines.PowerShell;
using CloudStack.Mcp.CommandLine.Doctor.Configuration;
using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Operation.Configuration;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.CommandLine.Doctor;

/// <summary><c>doctor</c>: checks this machine and, where a connection is set up, the way to the server and the server.</summary>
internal static class DoctorCommand
{
    private const int LongestText = 500;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var json = new Option<bool>("--json") { Description = "Write a JSON object." };
        var file = new Option<string?>("--config") { Description = "Check a server's configuration, and the way to everything that it names.", HelpName = "file" };
        var command = new Command("doctor", "Check this machine and the connection. Nothing is changed.") { json, file };
        connection.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandAction.RunAsync(result.GetValue(json), async () =>
        {
            var screen = result.GetValue(json) ? null : new DoctorScreen(Terminal.Open());
            var examination = new Examination((check, finding) => screen?.Show(check, finding));
            var config = result.GetValue(file) is { } path ? new ConfigCheck(path) : null;
            var source = new SourceCheck(() => connection.Source(result));
            await examination.RunEachAsync(
                [
                    new RuntimeCheck(),
                    new ModuleCheck(BuiltModule.Beside),
                    new PowerShellCheck(PowerShellSearch.Here, Environment.Version),
                    new AuditCheck(connection.AuditPath(result)),
                    new ProfileCheck(ProfileStore.DefaultPath(ConnectionSource.ProductFolder)),
                    config is null ? source : config,
                ],
                cancellationToken);
            await (config is null
                ? RunServerAsync(examination, source.Source, cancellationToken)
                : RunConfigAsync(examination, config.Config, cancellationToken));
            screen?.Summarize(examination);
            if (screen is null)
            {
                JsonOutput.Write(w => Write(w, examination), indented: false);
            }

            return examination.Worst == Verdict.Fail ? CommandAction.Failed : 0;
        }));
        return command;
    }

    private static async Task RunConfigAsync(Examination examination, ServeConfig? config, CancellationToken cancellationToken)
    {
        if (config is null)
        {
            return;
        }

        ICheck[] checks =
        [
            new AuditCheck(config.AuditPath),
            new StoreCheck(config.Postgres),
            .. config.Keys.Count > 0 ? (ICheck[])[new KeysCheck(config.Keys, TimeProvider.System)] : [],
            .. config.Jwt is { } rule ? (ICheck[])[new IssuerCheck(rule)] : [],
        ];
        await examination.RunEachAsync(checks, cancellationToken);
        foreach (var cloud in config.Clouds)
        {
            await examination.RunEachAsync([new SourceCheck(() => cloud.Source)], cancellationToken);
            await RunServerAsync(examination, cloud.Source, cancellationToken);
        }
    }

    private static async Task RunServerAsync(Examination examination, ConnectionSource? source, CancellationToken cancellationToken)
    {
        if (source?.Connection is { } connection)
        {
            using var provider = CloudStackProvider.Create(ServerChecks.Impatient(connection));
            await examination.RunChainAsync(ServerChecks.Over(connection, provider, TimeProvider.System), cancellationToken);
        }
        else if (source is not null)
        {
            using var session = source.Open();
            await examination.RunChainAsync(ServerChecks.Of(session.Provider), cancellationToken);
        }
    }

    private static void Write(Utf8JsonWriter w, Examination examination)
    {
        w.WriteStartObject();
        w.WriteString("status", examination.Worst.ToString().ToLowerInvariant());
        w.WriteStartArray("checks");
        foreach (var (check, finding) in examination.Findings)
        {
            w.WriteStartObject();
            w.WriteString("check", check);
            w.WriteString("status", finding.Verdict.ToString().ToLowerInvariant());
            w.WriteString("detail", CleanText.Line(finding.Detail, LongestText));
            if (finding.Next.Length > 0)
            {
                w.WriteString("next", CleanText.Line(finding.Next, LongestText));
            }

            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }
}
