using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Images;

/// <summary>The files that secondary storage gives out and takes in over HTTP, beside the API.</summary>
internal sealed class ImageFiles(IdSource ids)
{
    /// <summary>The largest file that is taken in, since all are kept in memory.</summary>
    public const int LargestFile = 64 << 20;

    private const string DownloadFolder = "/userdata/";
    private const string UploadFolder = "/upload/";
    private const int SampleBytes = 256 << 10;

    private readonly ConcurrentDictionary<string, Entity> _offered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ExpectedFile> _expected = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _kept = new(StringComparer.Ordinal);

    /// <summary>Where the files are, which goes into the URLs.</summary>
    public Uri Address { get; set; } = new("http://simulator.invalid/");

    /// <summary>True where a path leads to a file and not to the API.</summary>
    public static bool Serves(string path) =>
        path.StartsWith(DownloadFolder, StringComparison.Ordinal) || path.StartsWith(UploadFolder, StringComparison.Ordinal);

    /// <summary>Offers an object's file for download.</summary>
    /// <param name="entity">A template, ISO or volume.</param>
    /// <param name="extension">The file's extension without the dot.</param>
    public Uri Offer(Entity entity, string extension)
    {
        var path = $"{DownloadFolder}{ids.NextId()}.{extension}";
        _offered[path] = entity;
        return new Uri(Address, path);
    }

    /// <summary>Expects an object's file as an upload.</summary>
    /// <param name="entity">A template, ISO or volume.</param>
    /// <param name="arrived">Called with the file's size when it's there.</param>
    public (Uri Url, ExpectedFile File) Expect(Entity entity, Action<long> arrived)
    {
        var path = UploadFolder + entity.Id;
        var file = new ExpectedFile(entity, ids.NextText(28), ids.NextText(64), arrived);
        _expected[path] = file;
        return (new Uri(Address, path), file);
    }

    /// <summary>Answers a request for a file.</summary>
    public SimulatedResponse Answer(SimulatedRequest request) => request.Method switch
    {
        "GET" when _offered.TryGetValue(request.Path, out var entity) => FileRange.Answer(request, ContentOf(entity)),
        "POST" when _expected.TryGetValue(request.Path, out var expected) => Take(request, expected),
        _ => Plain(404, "There is no such file."),
    };

    private SimulatedResponse Take(SimulatedRequest request, ExpectedFile expected)
    {
        if (request.Header("X-signature") != expected.Signature || request.Header("X-metadata") != expected.Metadata)
        {
            return Plain(401, "The signature doesn't fit.");
        }

        if (MultipartFile.Find(request) is not { } content)
        {
            return Plain(400, "The body holds no file.");
        }

        if (content.Length > LargestFile)
        {
            return Plain(413, "The file is too large.");
        }

        _kept[expected.Entity.Id] = content;
        Arrive(request.Path, content.Length);
        return Plain(200, "");
    }

    /// <summary>Notes that an expected file is there; a state file keeps its size and not its bytes.</summary>
    public void Arrive(string path, long bytes)
    {
        if (_expected.TryRemove(path, out var expected))
        {
            expected.Arrived(bytes);
        }
    }

    private ReadOnlyMemory<byte> ContentOf(Entity entity) => _kept.GetOrAdd(entity.Id, Sample);

    // The same bytes for the same object, so that a download can be broken off and taken up again.
    private static ReadOnlyMemory<byte> Sample(string id)
    {
        var sample = new byte[SampleBytes];
        var block = SHA256.HashData(Encoding.ASCII.GetBytes(id));
        for (var i = 0; i < sample.Length; i += block.Length)
        {
            block.CopyTo(sample, i);
            block = SHA256.HashData(block);
        }

        return sample;
    }

    private static SimulatedResponse Plain(int status, string text) =>
        SimulatedResponse.Of(status, "text/plain; charset=UTF-8", Encoding.UTF8.GetBytes(text));
}

/// <summary>A file that was announced.</summary>
/// <param name="Entity">What it's the file of.</param>
/// <param name="Signature">What the upload must carry to be taken.</param>
/// <param name="Metadata">What the upload must carry beside it.</param>
/// <param name="Arrived">Called with the file's size when it's there.</param>
internal sealed record ExpectedFile(Entity Entity, string Signature, string Metadata, Action<long> Arrived)
{
    /// <summary>Keeps the signature out of whatever is printed.</summary>
    public override string ToString() => Entity.ToString();
}
