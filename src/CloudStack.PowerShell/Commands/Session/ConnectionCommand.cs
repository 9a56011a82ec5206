using System.Management.Automation;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet about connections themselves: it takes them first, and from the pipeline.</summary>
public abstract class ConnectionCommand : CloudCmdlet
{
    /// <summary>The connections, by name or as objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.ConnectionCompleter))]
    public override ConnectionReference[]? Connection { get; set; }

    // What comes from the pipeline isn't there when the cmdlet begins.
    private protected sealed override bool NeedsConnection => false;

    /// <summary>The connections of this input; the default one where none is named.</summary>
    private protected IReadOnlyList<CloudConnection> Asked => Session.Connections.Select(Connection);
}
