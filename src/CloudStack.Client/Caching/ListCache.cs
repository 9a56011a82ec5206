using System.Globalization;
using System.Runtime.CompilerServices;
using Cloud.Core.Caching;
using Cloud.Core.Operations;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Caching;

/// <summary>Remembers lists for those who ask for it. Jobs and what isn't a list are asked for each time.</summary>
/// <param name="cache">Where they're kept.</param>
/// <param name="always">True where the connection asks for it.</param>
internal sealed class ListCache(TimedCache cache, bool always)
{
    /// <summary>True where a list may come from memory.</summary>
    public bool Serves(BoundCommand command) => (always || command.MayUseCache)
        && command.Spec.IsList && ReadRule.IsRepeatable(command.Spec) && command.Spec.Result != "AsyncJobResponse";

    /// <summary>Gives the pages from memory, or reads and remembers them; those who stop early leave nothing behind.</summary>
    public async IAsyncEnumerable<ResultPage> PagesAsync(
        BoundCommand command, RowRange rows, Func<IAsyncEnumerable<ResultPage>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (kind, entity) = (CacheKinds.Of(command.Spec.Result), command.Spec.Result);
        var key = string.Create(CultureInfo.InvariantCulture, $"{command.Spec.Name} {rows.Skip} {rows.First} {command.Digest}");
        if (cache.Find<List<ResultPage>>(kind, entity, key, out var version) is { } kept)
        {
            foreach (var page in kept)
            {
                yield return page;
            }

            yield break;
        }

        var objects = 0L;
        List<ResultPage> pages = [];
        await foreach (var page in read().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            objects += page.Objects.Count;
            if (objects > cache.MostObjects)
            {
                // It won't be kept, so its pages needn't be held either.
                pages.Clear();
            }
            else
            {
                pages.Add(page);
            }

            yield return page;
        }

        cache.Keep(version, kind, entity, key, pages, objects);
    }

    /// <summary>Gives a reply from memory, or asks for and remembers it.</summary>
    public async Task<CommandReply> ReplyAsync(BoundCommand command, Func<Task<CommandReply>> read)
    {
        var (kind, entity) = (CacheKinds.Of(command.Spec.Result), command.Spec.Result);
        var key = $"{command.Spec.Name} {command.Digest}";
        if (cache.Find<CommandReply>(kind, entity, key, out var version) is { } kept)
        {
            return kept;
        }

        var reply = await read().ConfigureAwait(false);
        cache.Keep(version, kind, entity, key, reply, reply.Objects.Count);
        return reply;
    }
}
