using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.Client.Naming;

/// <summary>Finds objects by name or identifier through the list command of their class.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="list">Reads rows of a list command.</param>
internal sealed class NameFinder(
    CommandCatalog catalog, Func<BoundCommand, RowRange, CancellationToken, IAsyncEnumerable<ResultPage>> list)
{
    // Where the server can't narrow by name, so many rows are compared here at most.
    private const int MostRows = 20_000;

    /// <summary>Finds by exact name; where case alone differs, an exact case wins.</summary>
    public async Task<IReadOnlyList<NamedTarget>> FindAsync(
        string resultClass, string name, BoundCommand context, CancellationToken cancellationToken)
    {
        var found = new List<NamedTarget>();
        for (FinderSpec? finder = FinderOf(resultClass); finder is not null && found.Count == 0; finder = finder.Also)
        {
            found = await SearchAsync(resultClass, finder, name, context, cancellationToken).ConfigureAwait(false);
        }

        var exact = found.Where(target => target.Name.Equals(name, StringComparison.Ordinal)).ToList();
        return exact.Count > 0 ? exact : found;
    }

    /// <summary>Looks one object up by its identifier.</summary>
    public async Task<NamedTarget?> LookUpAsync(string resultClass, string id, CancellationToken cancellationToken)
    {
        // The identifier is the same under each of an object's names: a list that was asked once has answered.
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (FinderSpec? finder = FinderOf(resultClass); finder is not null; finder = finder.Also)
        {
            if (asked.Add(finder.Command) && await LookUpAsync(resultClass, finder, id, cancellationToken).ConfigureAwait(false) is { } target)
            {
                return target;
            }
        }

        return null;
    }

    private async Task<List<NamedTarget>> SearchAsync(
        string resultClass, FinderSpec finder, string name, BoundCommand context, CancellationToken cancellationToken)
    {
        var spec = ListOf(finder);
        var scope = SearchScope.For(spec, catalog.FindResult(resultClass)!, context);
        if (finder.FilterParameter is { } filter)
        {
            scope[filter] = name;
        }

        var found = await CompareAsync(resultClass, finder, WithFixed(spec, finder, scope), name, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0 && SearchScope.RemoveOwner(scope))
        {
            // The owner named beside an object may be the one it's to get, not the one it has.
            found = await CompareAsync(resultClass, finder, WithFixed(spec, finder, scope), name, cancellationToken).ConfigureAwait(false);
        }

        if (found.Count == 0 && SearchScope.Has(spec, "projectid"))
        {
            // A list of everything leaves out what belongs to projects; those are asked for separately.
            scope["projectid"] = "-1";
            found = await CompareAsync(resultClass, finder, WithFixed(spec, finder, scope), name, cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private async Task<NamedTarget?> LookUpAsync(string resultClass, FinderSpec finder, string id, CancellationToken cancellationToken)
    {
        var spec = ListOf(finder);
        var arguments = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        if (SearchScope.Has(spec, "id"))
        {
            arguments["id"] = id;
        }

        try
        {
            await foreach (var row in RowsAsync(WithFixed(spec, finder, arguments), cancellationToken).ConfigureAwait(false))
            {
                if (string.Equals(row.GetText("id"), id, StringComparison.OrdinalIgnoreCase))
                {
                    return TargetOf(resultClass, finder, row, id);
                }
            }
        }
        catch (CloudException e) when (e.ErrorCode == 431)
        {
            // The server's way of saying that there is none (or none this caller may see).
        }

        return null;
    }

    private async Task<List<NamedTarget>> CompareAsync(
        string resultClass, FinderSpec finder, BoundCommand command, string name, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, NamedTarget>(StringComparer.OrdinalIgnoreCase);
        await foreach (var row in RowsAsync(command, cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(row.GetText(finder.NameField), name, StringComparison.OrdinalIgnoreCase) && row.GetText("id") is { } id)
            {
                found.TryAdd(id, TargetOf(resultClass, finder, row, id));
            }
        }

        return [.. found.Values];
    }

    private async IAsyncEnumerable<CloudObject> RowsAsync(
        BoundCommand command, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0;
        await foreach (var page in list(command, RowRange.All, cancellationToken).ConfigureAwait(false))
        {
            foreach (var row in page.Objects)
            {
                yield return row;
            }

            read += page.Objects.Count;
            if (read >= MostRows)
            {
                throw new CloudException(
                    ErrorCause.Refused,
                    $"{command.Spec.Name} gives more than {MostRows} rows, too many to look for a name in.",
                    "Give the object's identifier instead of its name, or narrow by zone, account or project.")
                {
                    Command = command.Spec.Name,
                };
            }
        }
    }

    private FinderSpec FinderOf(string resultClass) => catalog.FindResult(resultClass)?.Finder ?? throw new CloudException(
        ErrorCause.InvalidArgument, $"Objects of the class {resultClass} can't be found by name.", "Give the object's identifier.");

    private CommandSpec ListOf(FinderSpec finder) => catalog.FindCommand(finder.Command) ?? throw new CloudException(
        ErrorCause.UnknownCommand, $"The catalog has no command {finder.Command}.", "Give the object's identifier.");

    private static BoundCommand WithFixed(CommandSpec list, FinderSpec finder, Dictionary<string, object> arguments)
    {
        var all = new Dictionary<string, object>(arguments, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in finder.Arguments)
        {
            all.TryAdd(name, value);
        }

        // Without it a list shows only what belongs to the caller's own account.
        if (SearchScope.Has(list, "listall"))
        {
            all.TryAdd("listall", true);
        }

        return new BoundCommand(list, all);
    }

    private static NamedTarget TargetOf(string resultClass, FinderSpec finder, CloudObject row, string id) =>
        new(resultClass, id, row.GetText(finder.NameField) ?? row.GetText("name") ?? id, TargetText.Of(row));
}
