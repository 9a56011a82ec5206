using System.Text;

namespace CloudStack.Simulator.Protocol;

/// <summary>Finds the uploaded file in a body of the type <c>multipart/form-data</c>.</summary>
internal static class MultipartFile
{
    private const string Boundary = "boundary=";

    /// <summary>Gives the first file's content, or null where there is none.</summary>
    public static ReadOnlyMemory<byte>? Find(SimulatedRequest request)
    {
        var type = request.Header("Content-Type") ?? "";
        var at = type.IndexOf(Boundary, StringComparison.OrdinalIgnoreCase);
        if (!type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) || at < 0)
        {
            return null;
        }

        var mark = Encoding.UTF8.GetBytes("--" + type[(at + Boundary.Length)..].Split(';')[0].Trim().Trim('"'));
        var rest = request.Body;
        while (rest.Span.IndexOf(mark) is >= 0 and var begin)
        {
            var part = rest[(begin + mark.Length)..];
            var end = part.Span.IndexOf(mark);
            if (end < 0)
            {
                return null;
            }

            if (ContentOf(part[..end]) is { } content)
            {
                return content;
            }

            rest = part;
        }

        return null;
    }

    private static ReadOnlyMemory<byte>? ContentOf(ReadOnlyMemory<byte> part)
    {
        var headers = part.Span.IndexOf("\r\n\r\n"u8);
        return headers >= 0 && part.Span.EndsWith("\r\n"u8)
            && Encoding.UTF8.GetString(part.Span[..headers]).Contains("filename=", StringComparison.OrdinalIgnoreCase)
                ? part[(headers + 4)..^2]
                : null;
    }
}
