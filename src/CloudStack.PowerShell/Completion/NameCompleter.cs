using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CloudStack.Client;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes the names of the objects that a parameter identifies, as the connected cloud knows them.</summary>
/// <remarks>A key press never waits long and never fails: where the cloud is slow or refuses, there is nothing to complete.</remarks>
public sealed class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var catalog = CloudStackCatalog.Load();
        var command = catalog.FindByCmdlet(commandName) ?? catalog.FindCommand(commandName);
        return command?.FindParameter(parameterName)?.Entity is { } entity && Connection(fakeBoundParameters) is { } connection
            ? CompletionWord.Match(wordToComplete, connection.Names.Find(entity).Select(name => (name.Text, name.Context)))
            : [];
    }

    private static CloudConnection? Connection(IDictionary? bound)
    {
        var all = Session.Connections.All;
        return bound?["Connection"] is { } named
            ? all.FirstOrDefault(connection => string.Equals(connection.Name, named.ToString(), StringComparison.OrdinalIgnoreCase))
            : all is [.., var last] ? last : null;
    }
}
