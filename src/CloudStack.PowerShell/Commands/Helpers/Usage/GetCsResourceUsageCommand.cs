using System.Globalization;
using System.Management.Automation;
using Cloud.Core.Errors;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Commands.Helpers;
using CloudStack.PowerShell.Commands.Helpers.Usage;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Shows what accounts or projects use of each resource against their limits.</summary>
[Cmdlet(VerbsCommon.Get, "CsResourceUsage")]
[OutputType(typeof(ResourceUsage))]
public sealed class GetCsResourceUsageCommand : CloudCmdlet
{
    /// <summary>The account: its id, its name or the object; without it, your own.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<Account>? AccountId { get; set; }

    /// <summary>The project: its id, its name or the object.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<Project>? ProjectId { get; set; }

    /// <summary>All accounts and projects that you can see.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>From how many percent of a limit on to warn.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int WarnAt { get; set; } = 80;

    private protected override object? ErrorTarget => AccountId?.Text ?? ProjectId?.Text;

    private protected override void Process()
    {
        if ((AccountId is not null ? 1 : 0) + (ProjectId is not null ? 1 : 0) + (All ? 1 : 0) > 1)
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                "An account, a project and all of them are different questions.",
                "Give one of -AccountId, -ProjectId and -All; a text from the pipeline could be either, so pipe the object itself.");
        }

        ForEachConnection(connection =>
        {
            if (ProjectId is null)
            {
                Write(connection, "Account", "listAccounts", [("id", AccountId?.Text), ("listall", All || AccountId is not null ? true : null)]);
            }

            if (ProjectId is not null || All)
            {
                Write(connection, "Project", "listProjects", [("id", ProjectId?.Text), ("listall", true)]);
            }
        });
    }

    private void Write(CloudConnection connection, string kind, string list, (string Name, object? Value)[] arguments)
    {
        foreach (var row in Run(connection, (host, token) => connection.ReadAsync(host, list, arguments, token)))
        {
            foreach (var usage in ResourceUsageReader.Read(row, kind, WarnAt, connection.Name))
            {
                if (usage.IsNearLimit)
                {
                    WriteWarning(WarningOf(usage));
                }

                WriteObject(usage);
            }
        }
    }

    private static string WarningOf(ResourceUsage usage)
    {
        var unit = usage.Unit.Length > 0 ? " " + usage.Unit : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{usage.Kind} {usage.Owner} uses {usage.Percent} % of its limit on {usage.Resource}: {usage.Used} of {usage.Limit}{unit}.");
    }
}
