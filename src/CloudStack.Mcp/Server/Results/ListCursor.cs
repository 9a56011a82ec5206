using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.Server.Results;

/// <summary>
/// Where the next part of a list begins. A cursor fits the list it came from and no other; it's a bookmark, not a
/// secret, and a forged one shows nothing that the caller couldn't list.
/// </summary>
internal static class ListCursor
{
    private const int Length = 16;

    /// <summary>Writes a cursor.</summary>
    /// <param name="read">The list.</param>
    /// <param name="skip">How many rows come before.</param>
    public static string Write(ReadRequest read, long skip)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, skip);
        Fingerprint(read).CopyTo(bytes[8..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor.</summary>
    /// <param name="cursor">The cursor, or null for the list's beginning.</param>
    /// <param name="read">The list.</param>
    /// <returns>How many rows to skip.</returns>
    /// <exception cref="CloudException">The cursor is broken or another list's.</exception>
    public static long Read(string? cursor, ReadRequest read)
    {
        if (cursor is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[Length];
        if (cursor.Length != Base64Url.GetEncodedLength(Length)
            || !Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var written) || written != Length
            || BinaryPrimitives.ReadInt64BigEndian(bytes) is var skip && skip < 0
            || !bytes[8..].SequenceEqual(Fingerprint(read)))
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                "The cursor doesn't belong to this list.",
                "Give the cursor of the answer before, with the same command, arguments and filter, or none to begin anew.")
            {
                Command = read.Command.Name,
            };
        }

        return skip;
    }

    private static byte[] Fingerprint(ReadRequest read)
    {
        var text = new StringBuilder(read.Command.Name).Append('\u0001').Append(read.Filter);
        foreach (var (name, value) in read.Arguments.OrderBy(a => a.Key, StringComparer.OrdinalIgnoreCase))
        {
            text.Append('\0').Append(name.ToLowerInvariant()).Append('\0')
                .Append(Convert.ToString(value, CultureInfo.InvariantCulture));
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..8];
    }
}
