using System.Globalization;
using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.Authentication;

namespace CloudStack.Mcp.CommandLine.Doctor.Configuration;

/// <summary>The keys and tokens that were handed out: none has expired or soon will.</summary>
/// <param name="keys">The keys.</param>
/// <param name="time">The clock.</param>
internal sealed class KeysCheck(IReadOnlyList<KnownKey> keys, TimeProvider time) : ICheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public string Name => "keys";

    public Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        var ending = keys.Where(key => key.Expires is { } end && end <= time.GetUtcNow() + Soon)
            .Select(key => string.Create(CultureInfo.InvariantCulture, $"{key.Caller.Name} ({key.Expires:yyyy-MM-dd})")).ToList();
        return Task.FromResult(ending.Count == 0
            ? Finding.Ok($"{keys.Count} key{(keys.Count == 1 ? "" : "s")}, none about to expire")
            : Finding.Warn($"expired, or will within two weeks: {string.Join(", ", ending)}", "Make new ones with the key command."));
    }
}
