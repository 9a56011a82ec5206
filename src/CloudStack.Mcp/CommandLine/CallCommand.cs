using System.CommandLine;
using Cloud.Core.Audit;
using Cloud.Core.Binding;
using Cloud.Core.Operations;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Server;

namespace CloudStack.Mcp.CommandLine;

/// <summary><c>call</c>: one tool, cmdlet or API command, from a shell.</summary>
internal static class CallCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var name = new Argument<string>("name") { Description = "A tool (cloud_search), cmdlet (Get-CsZone) or API command (listZones)." };
        var json = new Option<bool>("--json") { Description = "Write JSON: an array for a list, else an object." };
        var yes = new Option<bool>("--yes") { Description = "Confirm a change that stops a service or destroys something." };
        var typed = new Option<string?>("--typed") { Description = "Confirm a critical change by its target's name.", HelpName = "name" };
        var noWait = new Option<bool>("--no-wait") { Description = "Don't follow a job; answer its id." };
        var fields = new Option<string?>("--fields") { Description = "The fields to show, separated by commas.", HelpName = "a,b" };
        var limit = new Option<long?>("--limit") { Description = "The most rows of a list.", HelpName = "n" };
        var command = new Command("call", "Call a command: call listVirtualMachines --zoneid fra1")
        {
            name, json, yes, typed, noWait, fields, limit,
        };
        connection.AddTo(command);
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((result, cancellationToken) => CommandAction.RunAsync(result.GetValue(json), async () =>
        {
            var called = result.GetValue(name)!;
            var arguments = LooseArguments.Read(result.UnmatchedTokens);
            var source = connection.Source(result);
            var output = new CallOutput(result.GetValue(json), result.GetValue(fields)?.Split(',', StringSplitOptions.TrimEntries) ?? []);
            if (ToolCall.IsTool(called))
            {
                ToolCall.AddShared(arguments, result.GetValue(limit), result.GetValue(fields));
                return await ToolCall.RunAsync(called, arguments, source, connection.AuditPath(result), output, cancellationToken);
            }

            using var session = source.Open();
            var catalog = session.Provider.Catalog;
            var spec = CommandNames.Find(catalog, called) ?? CommandBinder.FindCommand(catalog, called);
            var engine = new DirectEngine(new EngineCloud(
                new Lazy<OperationRunner>(() => new OperationRunner(
                    new FileAuditLog(connection.AuditPath(result)), session.Follow, TimeProvider.System)),
                new Lazy<ICloudProvider>(session.Provider),
                session.Name));
            var host = new ConsoleHost(new ConsoleConsent(result.GetValue(yes), result.GetValue(typed)));
            var request = new OperationRequest(spec.Name, arguments)
            {
                NoWait = result.GetValue(noWait),
                Rows = new RowRange(0, result.GetValue(limit)),
                Caller = "cli:" + Environment.UserName,
                Profile = session.Name,
            };
            var outcome = await engine.RunAsync(request, host, cancellationToken);
            output.Write(catalog, outcome, host.Objects);
            return outcome.Status is OperationStatus.Completed or OperationStatus.JobStarted ? 0 : CommandAction.Failed;
        }));
        return command;
    }
}
