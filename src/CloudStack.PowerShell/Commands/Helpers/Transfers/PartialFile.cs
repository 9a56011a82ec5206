using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>
/// The beginning of a file that is being downloaded, beside its place. Its name tells which version of which file it's
/// the beginning of, so that a download that broke off goes on with the same bytes or starts anew.
/// </summary>
internal sealed class PartialFile
{
    private PartialFile(string path, EntityTagHeaderValue? tag, long? total) => (Path, Tag, Total) = (path, tag, total);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What the server calls this version of the file, or null; without it a download can't go on.</summary>
    public EntityTagHeaderValue? Tag { get; }

    /// <summary>How many bytes the whole file has, or null where the server doesn't say.</summary>
    public long? Total { get; }

    /// <summary>How many bytes are there.</summary>
    public long Length => File.Exists(Path) ? new FileInfo(Path).Length : 0;

    /// <summary>True where the server can give the rest, and it can be told when it's whole.</summary>
    public bool CanGoOn => Tag is not null && Total is not null;

    /// <summary>Names the beginning of what a server answers.</summary>
    /// <param name="target">The file to be.</param>
    /// <param name="answer">An answer that gives the whole file.</param>
    public static PartialFile Of(string target, HttpResponseMessage answer)
    {
        var total = answer.Content.Headers.ContentLength;
        var tag = answer.Headers.ETag is { IsWeak: false } strong ? strong : null;
        var version = tag is null
            ? Guid.NewGuid().ToString("N")
            : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{tag.Tag} {total}"))));
        var folder = System.IO.Path.GetDirectoryName(target)!;
        return new PartialFile(System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(target)}.{version[..16]}.part"), tag, total);
    }

    /// <summary>Puts the whole file in its place.</summary>
    /// <param name="target">The place.</param>
    /// <param name="overwrite">True to replace what is there.</param>
    /// <exception cref="IOException">Something is there.</exception>
    public void MoveTo(string target, bool overwrite) => File.Move(Path, target, overwrite);

    /// <summary>Throws it away.</summary>
    public void Delete() => File.Delete(Path);
}
