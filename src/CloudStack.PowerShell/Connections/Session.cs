using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace CloudStack.PowerShell.Connections;

/// <summary>Gives each runspace its own connections, which end with it.</summary>
internal static class Session
{
    private static readonly ConditionalWeakTable<Runspace, ConnectionTable> Tables = [];

    /// <summary>The connections of the runspace that the calling thread works for.</summary>
    public static ConnectionTable Connections => Of(Runspace.DefaultRunspace);

    /// <summary>The connections of a runspace.</summary>
    public static ConnectionTable Of(Runspace runspace) => Tables.GetOrCreateValue(runspace);
}
