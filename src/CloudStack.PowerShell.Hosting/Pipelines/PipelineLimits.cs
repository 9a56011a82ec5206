using System.Globalization;
using System.Runtime.InteropServices;
using Cloud.Core.Errors;
using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>How much one run of a pipeline may take: from the cloud, of the server's memory, and of time.</summary>
/// <param name="Objects">The most objects.</param>
/// <param name="Bytes">The most bytes of their JSON.</param>
/// <param name="Time">The longest it may run.</param>
/// <param name="Memory">The most bytes by which the server's heap may grow meanwhile, where the pipeline can be the cause.</param>
/// <param name="Allocated">The most bytes that the pipeline may allocate itself, garbage included.</param>
internal sealed record PipelineLimits(int Objects, long Bytes, TimeSpan Time, long Memory, long Allocated)
{
    /// <summary>For pipelines that read, and for plans.</summary>
    public static PipelineLimits Default { get; } = new(
        20_000, 64 * 1024 * 1024, TimeSpan.FromSeconds(30), Memory: 512 * 1024 * 1024, Allocated: 2L * 1024 * 1024 * 1024);

    /// <summary>How long it may queue for its turn.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Counts the objects of one run.</summary>
    /// <param name="memory">Counts their bytes too.</param>
    /// <returns>Takes each object.</returns>
    /// <exception cref="CloudException"><see cref="ErrorCause.OutOfResources"/>, by the counter: there are too many.</exception>
    public Action<CloudObject> Counter(MemoryWatch memory)
    {
        var objects = 0;
        var bytes = 0L;
        return seen =>
        {
            var size = JsonMarshal.GetRawUtf8Value(seen.GetJson()).Length;
            memory.Take(size);
            if (Interlocked.Increment(ref objects) > Objects || Interlocked.Add(ref bytes, size) > Bytes)
            {
                throw new CloudException(
                    ErrorCause.OutOfResources,
                    string.Create(CultureInfo.InvariantCulture, $"The pipeline took more than {Objects} objects or {Bytes / 1024 / 1024} MB from the cloud, and was stopped."),
                    "Narrow the first cmdlet by its own parameters, such as -State, -ZoneId or -First.");
            }
        };
    }
}
