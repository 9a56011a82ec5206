using System.Collections;
using Cloud.Core.Catalog;
using CloudStack.Client;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Completion;

/// <summary>What is being completed: which parameter of which command, on which connection.</summary>
internal static class Completed
{
    /// <summary>Finds the command behind a cmdlet or alias; null for one that isn't ours.</summary>
    public static CommandSpec? Command(string commandName)
    {
        var catalog = CloudStackCatalog.Load();
        return catalog.FindByCmdlet(commandName) ?? catalog.FindCommand(commandName);
    }

    /// <summary>Finds the API parameter behind a cmdlet's.</summary>
    public static ParameterSpec? Parameter(string commandName, string parameterName) => Command(commandName)?.FindParameter(parameterName);

    /// <summary>Finds the connection that the line names, else the default; null where there is none.</summary>
    public static CloudConnection? Connection(IDictionary? bound)
    {
        var all = Session.Connections.All;
        return bound?["Connection"] is { } named
            ? all.FirstOrDefault(connection => string.Equals(connection.Name, named.ToString(), StringComparison.OrdinalIgnoreCase))
            : all is [.., var last] ? last : null;
    }
}
