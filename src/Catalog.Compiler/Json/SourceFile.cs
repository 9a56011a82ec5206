using Catalog.Compiler.Diagnostics;

namespace Catalog.Compiler.Json;

/// <summary>A data file, and the lines its byte offsets stand on.</summary>
internal sealed class SourceFile
{
    private readonly ErrorLog _errors;
    private readonly List<int> _lineStarts = [0];

    /// <summary>Wraps a file that is already read.</summary>
    /// <param name="path">The path, as errors show it.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="errors">Where errors go.</param>
    public SourceFile(string path, byte[] bytes, ErrorLog errors)
    {
        Path = path;
        Bytes = bytes;
        _errors = errors;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>The path, as errors show it.</summary>
    public string Path { get; }

    /// <summary>The content.</summary>
    public byte[] Bytes { get; }

    /// <summary>Reports an error.</summary>
    /// <param name="offset">The byte offset of the place.</param>
    /// <param name="code">The kind of error.</param>
    /// <param name="text">What is wrong and what is expected.</param>
    public void Report(int offset, string code, string text)
    {
        var index = _lineStarts.BinarySearch(offset);
        var line = index >= 0 ? index : ~index - 1;
        _errors.Add(new CatalogError(Path, line + 1, offset - _lineStarts[line] + 1, code, text));
    }
}
