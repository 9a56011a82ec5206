using System.Globalization;
using System.Management.Automation.Host;
using CloudStack.PowerShell.Hosting.Calls;

namespace CloudStack.PowerShell.Hosting.Runspaces;

/// <summary>The host of one runspace: what a cmdlet shows or asks goes to the call that the runspace serves.</summary>
internal sealed class ServingHost : PSHost
{
    private readonly ServingUserInterface _ui = new();

    /// <inheritdoc/>
    public override string Name => "CloudStack";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ServingHost).Assembly.GetName().Version!;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => _ui;

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    /// <summary>Begins to serve a call, or ends it.</summary>
    /// <param name="operations">The call's operations, or null for none.</param>
    public void Serve(HostedOperations? operations) => _ui.Operations = operations;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException("Nobody sits at this host.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt()
    {
    }

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode)
    {
        // The server doesn't end because a cmdlet says so.
    }
}
