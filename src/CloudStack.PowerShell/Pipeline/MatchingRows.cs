using System.Management.Automation;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>
/// A host that passes on only the rows whose name fits a pattern with wildcards, as they come. Servers know no wildcards:
/// where one can look for a part of a name, it's asked to, and the pattern is compared here.
/// </summary>
internal sealed class MatchingRows : IOperationHost, IDisposable
{
    private const string NameField = "name";

    private readonly IOperationHost _host;
    private readonly WildcardPattern _pattern;
    private readonly CancellationTokenSource _enough;
    private readonly long _last;
    private long _skip;
    private long _passed;

    private MatchingRows(IOperationHost host, string pattern, RowRange rows, CancellationToken cancellationToken)
    {
        _host = host;
        _pattern = new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        _skip = rows.Skip;
        _last = rows.First ?? long.MaxValue;
        _enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Finds the pattern that a list's name was given as.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments by label.</param>
    /// <param name="catalog">The catalog.</param>
    /// <returns>The pattern, or null where the name is plain or absent.</returns>
    /// <exception cref="CloudException">
    /// <see cref="ErrorCause.InvalidArgument"/>: the listed objects have no name to compare, or the pattern is none.
    /// </exception>
    public static string? PatternOf(CommandSpec command, IReadOnlyDictionary<string, object?> arguments, CommandCatalog catalog)
    {
        if (!command.IsList || !arguments.TryGetValue(NameField, out var value) || value is not string name
            || !WildcardPattern.ContainsWildcardCharacters(name))
        {
            return null;
        }

        if (catalog.FindResult(command.Result)?.Fields.Any(field => field.Name == NameField) != true)
        {
            throw Refuse(
                command, $"{command.Name} gives objects without a name, so '{name}' can't be compared with anything.",
                "Leave -Name out and use Where-Object, or give it without wildcards.");
        }

        try
        {
            new WildcardPattern(name).IsMatch("");
            return name;
        }
        catch (WildcardPatternException)
        {
            throw Refuse(
                command, $"{command.Name}: '{name}' has a bracket that isn't closed, so it's no pattern.",
                "Put a backtick before a bracket that is part of the name: '`['.");
        }
    }

    private static CloudException Refuse(CommandSpec command, string message, string nextStep) =>
        new(ErrorCause.InvalidArgument, message, nextStep) { Command = command.Name };

    /// <summary>Puts what the server can narrow by in the pattern's place.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments by label.</param>
    /// <param name="pattern">The pattern.</param>
    public static IReadOnlyDictionary<string, object?> Narrow(
        CommandSpec command, IReadOnlyDictionary<string, object?> arguments, string pattern)
    {
        var narrowed = new Dictionary<string, object?>(arguments, StringComparer.OrdinalIgnoreCase);
        narrowed.Remove(NameField);

        if (NameKeyword.Covers(command) && LongestLiteral(pattern) is { Length: > 1 } literal)
        {
            narrowed.TryAdd(NameKeyword.Parameter, literal);
        }

        return narrowed;
    }

    /// <summary>Runs a list and passes on the rows that fit.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="rows">The rows wanted among those that fit.</param>
    /// <param name="host">Where they go.</param>
    /// <param name="list">Runs the list over all rows.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The outcome, or null where the wanted rows were complete before the list's end.</returns>
    public static async Task<OperationOutcome?> RunAsync(
        string pattern, RowRange rows, IOperationHost host, Func<IOperationHost, CancellationToken, Task<OperationOutcome>> list,
        CancellationToken cancellationToken)
    {
        using var matching = new MatchingRows(host, pattern, rows, cancellationToken);
        try
        {
            return await list(matching, matching._enough.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (matching._passed >= matching._last && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_pattern.IsMatch(result.GetText(NameField) ?? "") || _skip-- > 0)
        {
            return;
        }

        await _host.EmitAsync(result, cancellationToken).ConfigureAwait(false);
        if (++_passed >= _last)
        {
            await _enough.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
        _host.ConfirmAsync(confirmation, cancellationToken);

    /// <inheritdoc/>
    public void Report(OperationProgress progress) => _host.Report(progress);

    /// <inheritdoc/>
    public void Warn(string message) => _host.Warn(message);

    /// <inheritdoc/>
    public void Verbose(string message) => _host.Verbose(message);

    /// <inheritdoc/>
    public void Dispose() => _enough.Dispose();

    // What stands between wildcards; an escaped or bracketed part isn't looked into, and a backslash escapes on the server.
    private static string LongestLiteral(string pattern) =>
        pattern.IndexOfAny(['[', '`', '\\']) >= 0 ? "" : pattern.Split('*', '?').MaxBy(part => part.Length) ?? "";
}
