using System.Buffers;

namespace CloudStack.Client.Http;

/// <summary>
/// Arrays for answers that are given back. The shared pool keeps some for every thread, which is much where each is as long as
/// a page, so that long ones are kept here, two of each length.
/// </summary>
internal static class LentMemory
{
    private const int Long = 64 * 1024;
    private const int Longest = 4 * 1024 * 1024;

    private static readonly ArrayPool<byte> LongOnes = ArrayPool<byte>.Create(Longest, maxArraysPerBucket: 2);

    /// <summary>Rents an array of at least a length.</summary>
    public static byte[] Rent(int length) => (length > Long ? LongOnes : ArrayPool<byte>.Shared).Rent(length);

    /// <summary>Takes a rented array back, once.</summary>
    public static void Return(byte[] rented) => (rented.Length > Long ? LongOnes : ArrayPool<byte>.Shared).Return(rented);
}
