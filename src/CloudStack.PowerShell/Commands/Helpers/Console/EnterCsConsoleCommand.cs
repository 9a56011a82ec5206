using System.Management.Automation;
using Cloud.Core.Errors;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Commands.Helpers;
using CloudStack.PowerShell.Commands.Helpers.Console;
using CloudStack.PowerShell.Commands.Helpers.Transfers;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Opens a machine's console in the browser, or writes its address where nobody sits before a screen.</summary>
[Cmdlet(VerbsCommon.Enter, "CsConsole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ConsoleAddress))]
public sealed class EnterCsConsoleCommand : CloudCmdlet
{
    /// <summary>The machine: its id, its name or the object.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The virtual machine's id or name.")]
    [ArgumentCompleter(typeof(NameCompleter))]
    public Identity<VirtualMachine> Id { get; set; } = null!;

    /// <summary>Only writes the address; it admits whoever has it.</summary>
    [Parameter]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>Writes the address as well as opening it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Answers every confirmation with yes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool IsForced => Force;

    private protected override object? ErrorTarget => Id.Text;

    private protected override void Process()
    {
        ForEachConnection(connection =>
        {
            if (Ask(connection) is { } console)
            {
                Show(console);
            }
        });
    }

    private ConsoleAddress? Ask(CloudConnection connection)
    {
        var answer = Run(connection, (host, token) =>
            connection.ChangeAsync(host, "createConsoleEndpoint", [("virtualmachineid", Id.Text)], ((IIdentity)Id).KnownNames, token));
        if (answer is null)
        {
            return null;
        }

        if (answer.GetBoolean("success") == false)
        {
            throw new CloudException(
                ErrorCause.Refused,
                $"The server opens no console of {Id.Text}: {ShownText.Of(answer.GetText("details"), 200)}",
                "A console needs a running machine and a running console proxy in its zone.");
        }

        return new ConsoleAddress(((IIdentity)Id).KnownName ?? Id.Text, TransferAddress.Check(answer.GetText("url"), "the console"), connection.Name);
    }

    private void Show(ConsoleAddress console)
    {
        var opened = !NoBrowser
            && Browser.HasScreen(Environment.GetCommandLineArgs(), Environment.GetEnvironmentVariable)
            && Browser.TryOpen(console.Url);
        if (!opened || PassThru)
        {
            WriteObject(console);
        }
    }
}
