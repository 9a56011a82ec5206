using System.Globalization;

namespace CloudStack.Client.Diagnosis;

/// <summary>The difference of the two clocks: a signature is good for ten minutes by the server's clock.</summary>
/// <param name="api">The check that heard the server's time.</param>
internal sealed class ClockCheck(ApiCheck api) : ICheck
{
    private const string Next = "Set this machine's clock and the server's by a time service.";

    private static readonly TimeSpan Fine = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Expired = TimeSpan.FromMinutes(10);

    public string Name => "clock";

    public Task<Finding> RunAsync(CancellationToken cancellationToken) => Task.FromResult(Run());

    private Finding Run()
    {
        if (api.ClockAhead is not { } ahead)
        {
            return Finding.Skipped("unknown, since the server doesn't tell its time");
        }

        var seconds = Math.Round(ahead.Duration().TotalSeconds);
        var difference = string.Create(
            CultureInfo.InvariantCulture, $"the server's clock is {seconds} s {(ahead < TimeSpan.Zero ? "behind" : "ahead of")} this machine's");
        return ahead.Duration() <= Fine ? Finding.Ok(string.Create(CultureInfo.InvariantCulture, $"no more than {seconds + 1} s apart"))
            : ahead >= Expired ? Finding.Fail($"{difference}, so signatures have expired before they arrive", Next)
            : Finding.Warn(difference, Next);
    }
}
