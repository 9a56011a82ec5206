using System.Globalization;
using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace CloudStack.Client.Diagnosis;

/// <summary>Which of the catalog's commands the server offers this caller: plugins may be missing, and a role hides what it may not call.</summary>
/// <param name="provider">The cloud.</param>
internal sealed class OfferCheck(ICloudProvider provider) : ICheck
{
    private const int MostNamed = 5;

    public string Name => "commands";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var list = new BoundCommand(provider.Catalog.FindCommand("listApis")!, new Dictionary<string, object>());
            var reply = await provider.SendAsync(list, cancellationToken).ConfigureAwait(false);
            return Judge(reply.Objects.Select(api => api.GetText("name")).OfType<string>().ToHashSet(StringComparer.Ordinal));
        }
        catch (CloudException error) when (error.Cause is ErrorCause.Forbidden or ErrorCause.UnknownCommand or ErrorCause.Unauthorized)
        {
            return Finding.Skipped("unknown, since the server doesn't say which commands it offers");
        }
    }

    private Finding Judge(HashSet<string> offered)
    {
        var known = provider.Catalog.CommandNames.ToList();
        var missing = known.Where(name => !offered.Contains(name)).Order(StringComparer.Ordinal).ToList();
        var detail = string.Create(
            CultureInfo.InvariantCulture, $"{known.Count - missing.Count} of the catalog's {known.Count} commands are offered to this caller");
        return Finding.Ok(missing.Count == 0
            ? detail
            : $"{detail}; not {string.Join(", ", missing.Take(MostNamed))}{(missing.Count > MostNamed ? ", …" : "")}");
    }
}
