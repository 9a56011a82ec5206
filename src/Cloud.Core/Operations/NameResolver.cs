using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;

namespace Cloud.Core.Operations;

/// <summary>
/// The second step of an operation: puts an identifier wherever a name was given. A name that matches no object or
/// several is an error that lists what there is; nothing is guessed.
/// </summary>
/// <param name="provider">The cloud.</param>
internal sealed class NameResolver(ICloudProvider provider)
{
    private const int MostCandidatesShown = 10;

    /// <summary>Resolves every name in a command's arguments.</summary>
    /// <param name="command">The bound command.</param>
    /// <param name="cancellationToken">Stops the look-ups.</param>
    /// <returns>The command with identifiers only, and the objects that names stood for.</returns>
    public async Task<ResolvedCommand> ResolveAsync(BoundCommand command, CancellationToken cancellationToken)
    {
        var arguments = new Dictionary<string, object>(command.Arguments, StringComparer.Ordinal);
        var targets = new Dictionary<string, NamedTarget>(StringComparer.Ordinal);
        var current = command with { Arguments = arguments };
        foreach (var parameter in command.Spec.Parameters.OrderBy(ScopeOrder))
        {
            if (EntityOf(parameter, arguments) is not { } entity || !arguments.TryGetValue(parameter.Name, out var value))
            {
                continue;
            }

            if (Names(parameter, parameter.Type) && value is string text && !IsResolved(text))
            {
                var target = await FindOneAsync(parameter, entity, text, current, cancellationToken).ConfigureAwait(false);
                arguments[parameter.Name] = target.Id;
                targets[parameter.Name] = target;
            }
            else if (parameter.Type == ParameterType.List && Names(parameter, parameter.ItemType)
                && value is IReadOnlyList<string> items && !items.All(IsResolved))
            {
                arguments[parameter.Name] =
                    await ResolveItemsAsync(parameter, entity, items, current, cancellationToken).ConfigureAwait(false);
            }
        }

        return new ResolvedCommand(current, targets);
    }

    // Scope first: a machine's name is looked for inside the project, domain or zone that is named beside it.
    private static int ScopeOrder(ParameterSpec parameter) => parameter.Name.ToLowerInvariant() switch
    {
        "domainid" => 0,
        "projectid" => 1,
        "zoneid" => 2,
        _ => 3,
    };

    // Commands that work on objects of any class are told the class beside the identifier.
    private string? EntityOf(ParameterSpec parameter, Dictionary<string, object> arguments)
    {
        if (parameter.KindFrom is null)
        {
            return parameter.Entity;
        }

        return arguments.GetValueOrDefault(parameter.KindFrom) is string kind && provider.ClassOfKind(kind) is { } entity
            && provider.Catalog.FindResult(entity)?.Finder is not null ? entity : null;
    }

    private static bool Names(ParameterSpec parameter, ParameterType type) => type == ParameterType.Uuid || parameter.KindFrom is not null;

    private static bool IsResolved(string text) => text.Length == 0 || Identifier.TryParse(text, out _);

    private async Task<string[]> ResolveItemsAsync(
        ParameterSpec parameter, string entity, IReadOnlyList<string> items, BoundCommand current, CancellationToken cancellationToken)
    {
        var ids = new string[items.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = IsResolved(items[i])
                ? items[i]
                : (await FindOneAsync(parameter, entity, items[i], current, cancellationToken).ConfigureAwait(false)).Id;
        }

        return ids;
    }

    private async Task<NamedTarget> FindOneAsync(
        ParameterSpec parameter, string entity, string name, BoundCommand current, CancellationToken cancellationToken)
    {
        var found = await provider.FindAsync(entity, name, current, cancellationToken).ConfigureAwait(false);
        if (found.Count == 1)
        {
            return found[0];
        }

        var model = provider.Catalog.FindResult(entity)!.Model;
        if (found.Count == 0)
        {
            throw new CloudException(
                ErrorCause.NotFound,
                $"{current.Spec.Name}: '{parameter.Label}' names no {model}: there is no '{name}' that you can see.",
                $"Check the spelling and the scope (project, domain, account, zone), or give the {model}'s id.")
            {
                Command = current.Spec.Name,
            };
        }

        var shown = found.Take(MostCandidatesShown).Select(t => t.Context.Length > 0 ? $"{t.Id} ({t.Context})" : t.Id);
        throw new CloudException(
            ErrorCause.Ambiguous,
            $"{current.Spec.Name}: '{parameter.Label}' is not clear: {found.Count} {model} objects are named '{name}'.",
            "Give one of these ids instead: " + string.Join("; ", shown) + (found.Count > MostCandidatesShown ? "; …" : ""))
        {
            Command = current.Spec.Name,
        };
    }
}

/// <summary>A command whose names are all identifiers.</summary>
/// <param name="Command">The command.</param>
/// <param name="Targets">The objects that names stood for, by the parameter's wire name.</param>
internal sealed record ResolvedCommand(BoundCommand Command, IReadOnlyDictionary<string, NamedTarget> Targets);
