using Cloud.Core.Caching;
using Cloud.Core.Catalog;
using Cloud.Core.Operations;
using CloudStack.Client.Caching;

namespace CloudStack.Client.Naming;

/// <summary>
/// Remembers what names stand for, except where it matters most: the object that a change acts on is looked up each time.
/// </summary>
internal sealed class NameCache(TimedCache cache)
{
    private static readonly string[] Scope = ["domainid", "account", "projectid", "zoneid"];

    /// <summary>Gives what a name stands for, from memory or by looking.</summary>
    public Task<IReadOnlyList<NamedTarget>> FindAsync(
        string resultClass, string name, BoundCommand context, Func<Task<IReadOnlyList<NamedTarget>>> find) =>
        MayActOn(context.Spec, resultClass)
            ? find()
            : cache.GetAsync(CacheKinds.Of(resultClass), resultClass, KeyOf(name, context), find, found => found.Count == 1);

    // Any parameter of the target's class counts: a wrong target costs more than a question.
    private static bool MayActOn(CommandSpec spec, string resultClass) => !spec.IsRead && spec.Parameters.Any(parameter =>
        parameter.Entity == resultClass
        && (parameter.Name == spec.Effect.Typed || parameter.Name.Equals("id", StringComparison.OrdinalIgnoreCase)
            || (spec.Effect.Effect >= Effect.Disrupt && parameter.Required)));

    // The search is narrowed by these, and by who the list command's own filters take the caller for.
    private static string KeyOf(string name, BoundCommand context) => string.Join(
        '\u001f', Scope.Select(scope => context.Arguments.GetValueOrDefault(scope) as string ?? "").Append(name));
}
