using CloudStack.Simulator.Lifecycles.Networking;

namespace CloudStack.Simulator.Lifecycles.Routing;

/// <summary>Finds room for a network between those that are there.</summary>
internal static class FreeBlocks
{
    /// <summary>The first network of a size in the smallest gap that holds it, or null where there's none.</summary>
    /// <param name="parent">What it must be part of.</param>
    /// <param name="used">The networks that are there.</param>
    /// <param name="prefix">The length of its prefix.</param>
    public static CidrBlock? Find(CidrBlock parent, IReadOnlyList<CidrBlock> used, int prefix) => In(parent, used, prefix)
        .OrderByDescending(gap => gap.Prefix).ThenBy(gap => gap.First)
        .Select(gap => (CidrBlock?)new CidrBlock(gap.First, prefix)).FirstOrDefault();

    private static IEnumerable<CidrBlock> In(CidrBlock block, IReadOnlyList<CidrBlock> used, int prefix)
    {
        var inside = used.Where(other => other.Overlaps(block)).ToList();
        if (block.Prefix > prefix || inside.Exists(other => other.Contains(block)))
        {
            return [];
        }

        if (inside.Count == 0)
        {
            return [block];
        }

        var (lower, upper) = block.Halves();
        return In(lower, inside, prefix).Concat(In(upper, inside, prefix));
    }
}
