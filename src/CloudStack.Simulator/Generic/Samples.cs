using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Generic;

/// <summary>Objects for callers that need some object of a class and don't care which.</summary>
internal static class Samples
{
    /// <exception cref="ArgumentException">The catalog has no such class.</exception>
    public static string IdOf(CloudState state, string className)
    {
        if (state.Schema.Find(className) is not { } entityClass)
        {
            throw new ArgumentException($"The catalog has no result class {className}.", nameof(className));
        }

        if (state.Table(className).FirstOrDefault() is { } known)
        {
            return known.Id;
        }

        var sample = state.New(className);
        sample.TrySet("name", $"sample-{sample.Id[..8]}");
        sample.TrySet("created", state.Clock.GetUtcNow());
        sample.TrySet("state", "Enabled");
        if (GenericFields.HasOwner(entityClass) && state.Table(ResultClass.Account).FirstOrDefault() is { } admin)
        {
            Owner.OfAccount(admin).Claim(sample);
        }

        state.Store.Add(sample);
        return sample.Id;
    }
}
