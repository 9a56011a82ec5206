using System.Collections;
using System.Management.Automation;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Calls any command of the API by its name, also one that this module's catalog doesn't know.</summary>
/// <remarks>The impact is High so that PowerShell may ask at all; what is asked follows the command's own effect.</remarks>
[Cmdlet(VerbsLifecycle.Invoke, "CsApi", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Cloud.Core.Objects.CloudObject), typeof(StartedJob), typeof(CommandResult))]
public sealed class InvokeCsApiCommand : CloudCmdlet
{
    /// <summary>The command's name in the API, spelt as the server has it.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The API command, such as listZones.")]
    [ArgumentCompleter(typeof(Completion.ApiCommandCompleter))]
    [ValidatePattern("^[A-Za-z][A-Za-z0-9]{1,99}$")]
    public string Command { get; set; } = "";

    /// <summary>The arguments by name.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Hashtable Arguments { get; set; } = [];

    /// <summary>Answers every confirmation with yes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the job at once instead of waiting for its end.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    private protected override bool IsForced => Force;

    private protected override bool AsksByEffect => true;

    private protected override object? ErrorTarget => Command;

    private protected override void Process()
    {
        var arguments = BoundArguments.Plain(Arguments, Unwrap);
        if (arguments.FirstOrDefault(argument => argument.Value is null).Key is { } nothing)
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                $"{Command}: '{nothing}' was given nothing.",
                "Check what it was to be, or leave it out; nothing was sent.")
            {
                Command = Command,
            };
        }

        ForEachConnection(connection =>
        {
            var provider = connection.Provider;
            if (provider.Catalog.FindCommand(Command) is null)
            {
                if (!connection.Learned.Contains(Command))
                {
                    WriteWarning($"The catalog doesn't know {Command}; its arguments are sent unchecked.");
                }

                provider = new UncatalogedCommand(provider, Command, arguments);
            }

            Call(connection, provider, arguments);
        });
    }

    private void Call(CloudConnection connection, ICloudProvider provider, IReadOnlyDictionary<string, object?> arguments)
    {
        var request = new OperationRequest(Command, arguments) { NoWait = NoWait, Profile = connection.Name };
        var outcome = Run(connection, (host, token) => connection.Runner.RunAsync(request, provider, host, token));
        if (outcome is { Status: OperationStatus.JobStarted, JobId: { } job })
        {
            WriteObject(new StartedJob(job, Command, outcome.EntityId, connection.Name));
        }
        else if (outcome is { Status: OperationStatus.Completed, Emitted: 0, Command.IsList: false })
        {
            WriteObject(new CommandResult(Command, "", true, outcome.Text));
        }
    }
}
