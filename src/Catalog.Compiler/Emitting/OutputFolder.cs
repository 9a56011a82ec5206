using System.Text;

namespace Catalog.Compiler.Emitting;

/// <summary>
/// The folder of one target. A file is written only where its content differs, so that what is compiled from it isn't
/// compiled again for nothing; files of an earlier run that this run doesn't write are deleted.
/// </summary>
/// <param name="path">The folder.</param>
internal sealed class OutputFolder(string path)
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>Writes a file of C# or other text, in UTF-8 without a byte order mark.</summary>
    public void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file.</summary>
    /// <param name="name">The file's name, without folders.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="InvalidOperationException">The run wrote a file of that name already.</exception>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        if (!_written.Add(name))
        {
            throw new InvalidOperationException($"Two outputs have the name {name}.");
        }

        Directory.CreateDirectory(path);
        var file = Path.Combine(path, name);
        if (!File.Exists(file) || !content.SequenceEqual(File.ReadAllBytes(file)))
        {
            File.WriteAllBytes(file, content);
        }
    }

    /// <summary>Deletes the files that this run didn't write.</summary>
    public void Prune()
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        foreach (var file in Directory.GetFiles(path).Where(f => !_written.Contains(Path.GetFileName(f))))
        {
            File.Delete(file);
        }
    }
}
