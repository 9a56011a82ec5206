using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using Cloud.Core.Security;

namespace Cloud.Core.Operations;

/// <summary>The third step of an operation: says what is about to happen, to what, so that a person or policy can decide.</summary>
/// <param name="provider">The cloud.</param>
/// <param name="knownNames">Names that the face knows already, by identifier.</param>
/// <param name="readsTarget">True to read the target whatever the effect, also where its name was resolved before.</param>
internal sealed class ConfirmationBuilder(
    ICloudProvider provider, IReadOnlyDictionary<string, string> knownNames, bool readsTarget = false)
{
    // What people know a thing by where it has no identifier, the most telling first.
    private static readonly string[] Telling = ["account", "username", "name", "hostname", "ipaddress"];

    /// <summary>Builds the question; the target of a dangerous command is looked up so that its name can be shown.</summary>
    /// <param name="resolved">The command.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public async Task<Confirmation> BuildAsync(ResolvedCommand resolved, CancellationToken cancellationToken)
    {
        var command = resolved.Command;
        var targets = new Dictionary<string, NamedTarget>(resolved.Targets, StringComparer.Ordinal);
        if (readsTarget || command.Spec.Effect.Effect >= Effect.Disrupt)
        {
            foreach (var parameter in TargetParameters(command))
            {
                await LookUpAsync(command, parameter, targets, cancellationToken).ConfigureAwait(false);
            }
        }

        var main = TargetParameters(command).FirstOrDefault();
        return new Confirmation(
            command.Spec,
            Redaction.Arguments(command),
            [.. targets.Values],
            CanonicalArguments.Digest(command.Spec.Name, command.Arguments))
        {
            TypedText = TypedText(command, targets),
            TargetText = TargetText(command, main, targets),
        };
    }

    private static IEnumerable<ParameterSpec> TargetParameters(BoundCommand command)
    {
        var typed = command.Spec.Effect.Typed;
        return command.Spec.Parameters
            .Where(p => command.Arguments.ContainsKey(p.Name)
                && (p.Name == typed || p.Name.Equals("id", StringComparison.OrdinalIgnoreCase)))
            .Concat(command.Spec.Parameters.Where(p =>
                p is { Required: true, Type: ParameterType.Uuid } && command.Arguments.ContainsKey(p.Name)))
            .Distinct();
    }

    private async Task LookUpAsync(
        BoundCommand command, ParameterSpec parameter, Dictionary<string, NamedTarget> targets, CancellationToken cancellationToken)
    {
        if ((targets.ContainsKey(parameter.Name) && !readsTarget) || parameter.Entity is not { } entity
            || provider.Catalog.FindResult(entity)?.Finder is null
            || command.Arguments[parameter.Name] is not string id || id == Identifier.Any || id.Length == 0)
        {
            return;
        }

        if (await provider.LookUpAsync(entity, id, cancellationToken).ConfigureAwait(false) is { } target)
        {
            targets[parameter.Name] = target;
        }
    }

    private static string? TypedText(BoundCommand command, Dictionary<string, NamedTarget> targets)
    {
        if (command.Spec.Effect.Effect != Effect.Critical)
        {
            return null;
        }

        var typed = command.Spec.Effect.Typed;
        if (typed is null || !command.Arguments.TryGetValue(typed, out var value))
        {
            return command.Spec.Name;
        }

        return targets.TryGetValue(typed, out var target) && target.Name.Length > 0
            ? target.Name
            : value as string ?? command.Spec.Name;
    }

    // An object that isn't there yet is known by the name it's to have; what it's made from says less.
    private string TargetText(BoundCommand command, ParameterSpec? main, Dictionary<string, NamedTarget> targets)
    {
        var actsOnOne = command.Spec.FindParameter("id") is not null;
        if (!actsOnOne && command.Arguments.TryGetValue("name", out var name) && name is string { Length: > 0 } text)
        {
            return text;
        }

        if (main is null)
        {
            return ResourceText(command) ?? TellingText(command) ?? provider.Endpoint.Host;
        }

        if (targets.TryGetValue(main.Name, out var target))
        {
            return $"{target.Name} ({ModelOf(target.ResultClass)} {target.Id})";
        }

        var value = command.Arguments[main.Name];
        return main.Entity is { } entity && value is string id && knownNames.TryGetValue(id, out var known)
            ? $"{known} ({ModelOf(entity)} {id})"
            : $"{main.Label} {value}";
    }

    // Objects of a class that the caller says: UserVm web-01.
    private string? ResourceText(BoundCommand command) =>
        command.Spec.Parameters.FirstOrDefault(p => p.KindFrom is not null && command.Arguments.ContainsKey(p.Name)) is { } parameter
        && command.Arguments.GetValueOrDefault(parameter.KindFrom!) is string kind
            ? $"{kind} {string.Join(", ", Texts(command.Arguments[parameter.Name]).Select(id => knownNames.GetValueOrDefault(id, id)))}"
            : null;

    private static IReadOnlyList<string> Texts(object value) => value as IReadOnlyList<string> ?? [value as string ?? ""];

    private string ModelOf(string resultClass) => provider.Catalog.FindResult(resultClass)?.Model ?? resultClass;

    private static string? TellingText(BoundCommand command)
    {
        var texts = command.Spec.Parameters
            .Where(p => p is { Type: ParameterType.String, Sensitive: false }
                && command.Arguments.TryGetValue(p.Name, out var value) && value is string { Length: > 0 })
            .ToList();
        var telling = Telling.Select(name => texts.Find(p => p.Name == name)).OfType<ParameterSpec>().FirstOrDefault()
            ?? texts.Find(p => p.Required);
        return telling is null ? null : $"{telling.Label} {Redaction.Arguments(command)[telling.Name]}";
    }
}
