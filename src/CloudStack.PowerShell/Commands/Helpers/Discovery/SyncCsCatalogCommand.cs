using System.Management.Automation;
using Cloud.Core.Objects;
using CloudStack.PowerShell.Commands.Helpers;
using CloudStack.PowerShell.Commands.Helpers.Discovery;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Commands;

/// <summary>Asks a server which commands it offers: those that the module doesn't know become functions, and those that the caller's role lacks are told.</summary>
[Cmdlet(VerbsData.Sync, "CsCatalog")]
[OutputType(typeof(SyncedCatalog))]
public sealed class SyncCsCatalogCommand : CloudCmdlet
{
    private const int MostFunctions = 2000;

    /// <summary>Hides the cmdlets whose command no server of these connections lists, until the next run without this.</summary>
    [Parameter]
    public SwitchParameter Hide { get; set; }

    private protected override void Process()
    {
        var hidden = new List<IReadOnlyList<string>>();
        foreach (var connection in Connections)
        {
            var listed = Run(connection, (host, token) => connection.ReadAsync(host, "listApis", [], token));
            var synced = Sync(connection, listed);
            hidden.Add(synced.Unavailable);
            WriteObject(synced);
        }

        Show(Hide ? hidden.Aggregate((all, next) => [.. all.Intersect(next)]).ToHashSet(StringComparer.OrdinalIgnoreCase) : []);
    }

    private SyncedCatalog Sync(CloudConnection connection, IReadOnlyList<CloudObject> listed)
    {
        var catalog = connection.Provider.Catalog;
        var offered = listed.Select(row => row.GetText("name") ?? "").ToHashSet(StringComparer.Ordinal);
        var unknown = listed.Where(row => catalog.FindCommand(row.GetText("name") ?? "") is null).ToList();
        var commands = unknown.Select(ListedCommand.Read).OfType<ListedCommand>().DistinctBy(command => command.Name).Take(MostFunctions).ToList();
        connection.Learned = commands.Select(command => command.Name).ToHashSet(StringComparer.Ordinal);
        var added = Define(commands);
        var unavailable = catalog.Commands
            .Where(command => command is { Cmdlet: not null, IsAuthenticator: false } && !offered.Contains(command.Name))
            .Select(command => command.Cmdlet!)
            .Order(StringComparer.Ordinal)
            .ToList();
        return new SyncedCatalog(connection.Name, listed.Count, [.. added], unknown.Count - added.Count, unavailable);
    }

    /// <returns>The functions' names; a command for which all that fit are taken has none.</returns>
    private SortedSet<string> Define(IEnumerable<ListedCommand> commands)
    {
        var added = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var command in commands)
        {
            if (FunctionName.Of(command.Name).FirstOrDefault(name => !added.Contains(name) && IsFree(name)) is { } free)
            {
                InvokeProvider.Item.Set([$"Function:\\global:{free}"], ScriptBlock.Create(FunctionScript.Write(command)), force: true, literalPath: true);
                added.Add(free);
            }
        }

        return added;
    }

    private bool IsFree(string name) => InvokeCommand.GetCommand(name, CommandTypes.All) is not { } known
        || (known is FunctionInfo function && function.Definition.Contains(FunctionScript.Mark, StringComparison.Ordinal));

    private void Show(HashSet<string> hidden)
    {
        foreach (var cmdlet in CloudStack.Client.CloudStackCatalog.Load().Commands.Select(command => command.Cmdlet).OfType<string>())
        {
            if (InvokeCommand.GetCmdlet(cmdlet) is { } known)
            {
                known.Visibility = hidden.Contains(cmdlet) ? SessionStateEntryVisibility.Private : SessionStateEntryVisibility.Public;
            }
        }
    }
}
