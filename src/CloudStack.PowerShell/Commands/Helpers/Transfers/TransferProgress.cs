using System.Globalization;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>Shows how far a file is, a few times a second.</summary>
/// <param name="host">Where it's shown.</param>
/// <param name="activity">What is going on.</param>
/// <param name="time">The clock.</param>
internal sealed class TransferProgress(IOperationHost host, string activity, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    private readonly long _begun = time.GetTimestamp();
    private long? _shown;

    /// <summary>Shows where the file stands, unless that was shown just now.</summary>
    /// <param name="bytes">How many bytes are through.</param>
    /// <param name="total">How many there are, or null where that isn't known.</param>
    public void Report(long bytes, long? total)
    {
        var now = time.GetTimestamp();
        if (_shown is { } last && time.GetElapsedTime(last, now) < Pace)
        {
            return;
        }

        _shown = now;
        host.Report(new OperationProgress(
            activity,
            total is null ? SizeText(bytes) : $"{SizeText(bytes)} of {SizeText(total.Value)}",
            total > 0 ? (int)Math.Min(100, 100 * bytes / total.Value) : null,
            null,
            time.GetElapsedTime(_begun, now),
            IsCompleted: false));
    }

    /// <summary>Takes the display away.</summary>
    public void Complete() =>
        host.Report(new OperationProgress(activity, "done", 100, null, time.GetElapsedTime(_begun), IsCompleted: true));

    /// <summary>A size as people read it, such as <c>1.5 GB</c>; 1024 of each make one of the next.</summary>
    public static string SizeText(long bytes)
    {
        double size = bytes;
        var unit = 0;
        while (size >= 1024 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }
}
