using System.Security.Cryptography;
using System.Text;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.State;

/// <summary>One hash over all objects of a cloud and all jobs that are pending; its diary (events, finished jobs) doesn't count.</summary>
internal static class CloudDigest
{
    public static string Of(CloudState state, DateTimeOffset time)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        state.Clock.Hold(time, () =>
        {
            foreach (var table in state.Store.Tables.Where(table => table.Count > 0).OrderBy(table => table.Class.Name, StringComparer.Ordinal))
            {
                foreach (var entity in table.Where(entity => !table.IsJournal || IsPending(entity)))
                {
                    sha.AppendData(Encoding.UTF8.GetBytes(Describe(entity)));
                }
            }
        });
        return Convert.ToHexString(sha.GetHashAndReset());
    }

    private static bool IsPending(Entity entity) => entity.Class.Name == ResultClass.AsyncJob && entity.Number("jobstatus") == 0;

    private static string Describe(Entity entity)
    {
        var text = new StringBuilder(entity.Class.Name).Append('|').Append(entity.Id).Append('|').Append(IdOf(entity.Owner));
        for (var i = 0; i < entity.Class.Fields.Count; i++)
        {
            text.Append('|').Append(Show(entity.Read(i)));
        }

        // An owner's is made when it's first asked for.
        foreach (var (name, value) in entity.Attributes.Where(attribute => attribute.Value is not Owner).OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            text.Append('|').Append(name).Append('=').Append(Show(value));
        }

        return text.Append('\n').ToString();
    }

    private static string? IdOf(Owner? owner) => owner is null ? null : (owner.Project ?? owner.Account ?? owner.Domain).Id;

    private static string? Show(object? value) => value switch
    {
        Entity nested => nested.Id,
        IEnumerable<Entity> items => string.Join(',', items.Select(item => item.Id)),
        IReadOnlyDictionary<string, string> map => string.Join(',', map.Select(pair => $"{pair.Key}:{pair.Value}")),
        RawJson raw => Encoding.UTF8.GetString(raw.Utf8.Span),
        _ => FieldValue.TextOf(value),
    };
}
