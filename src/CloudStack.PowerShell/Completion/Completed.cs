using System.Collections;
using Cloud.Core.Catalog;
using CloudStack.Client;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Completion;

/// <summary>What is being completed: which parameter of which command, on which connection.</summary>
internal static class Completed
{
    // Cmdlets written by hand, and the commands whose parameters of the same names theirs stand for.
    private static readonly Dictionary<string, string> StandIns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Enter-CsConsole"] = "listVirtualMachines",
        ["Export-CsInventory"] = "listVirtualMachines",
        ["Get-CsResourceUsage"] = "listUsageRecords",
        ["Get-CsTopology"] = "listHosts",
        ["Save-CsIso"] = "extractIso",
        ["Save-CsTemplate"] = "extractTemplate",
        ["Save-CsVolume"] = "extractVolume",
        ["Send-CsIso"] = "getUploadParamsForIso",
        ["Send-CsTemplate"] = "getUploadParamsForTemplate",
        ["Send-CsVolume"] = "getUploadParamsForVolume",
    };

    /// <summary>Finds the command behind a cmdlet or alias; null where there is none.</summary>
    public static CommandSpec? Command(string commandName)
    {
        var catalog = CloudStackCatalog.Load();
        return catalog.FindByCmdlet(commandName) ?? catalog.FindCommand(StandIns.GetValueOrDefault(commandName, commandName));
    }

    /// <summary>Finds the API parameter behind a cmdlet's.</summary>
    public static ParameterSpec? Parameter(string commandName, string parameterName) => Command(commandName)?.FindParameter(parameterName);

    /// <summary>Finds the connections that the line names, else the default; none where there is none.</summary>
    public static IReadOnlyList<CloudConnection> Connections(IDictionary? bound)
    {
        var all = Session.Connections.All;
        if (bound?["Connection"] is not { } named)
        {
            return [.. all.TakeLast(1)];
        }

        var names = (named is IEnumerable several and not string ? several.Cast<object?>() : [named]).Select(name => name?.ToString()).ToList();
        return [.. all.Where(connection => names.Contains(connection.Name, StringComparer.OrdinalIgnoreCase))];
    }

    /// <summary>Asks several clouds at once, so that a key press waits no longer for them than for one.</summary>
    public static IReadOnlyList<T> FromEach<T>(IDictionary? bound, Func<KnownNames, T> ask) =>
        [.. Connections(bound).AsParallel().AsOrdered().Select(connection => ask(connection.Names))];
}
