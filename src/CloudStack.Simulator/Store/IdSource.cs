using System.Buffers.Binary;

namespace CloudStack.Simulator.Store;

/// <summary>
/// Identifiers and other chance values that repeat from run to run. Each change of the cloud has a sequence of its own, so
/// that doing the same changes again gives the same cloud, whatever was read meanwhile.
/// </summary>
internal sealed class IdSource(int seed)
{
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#pragma warning disable CA5394 // Repeatable on purpose; nothing here guards a real secret.
    private readonly Random _free = new(seed);
    private Random? _held;
    private volatile int _holder;

    private Random Current => _holder == Environment.CurrentManagedThreadId ? _held! : _free;

    /// <summary>Gives the calling thread the sequence of a change.</summary>
    public void Hold(long change, Action work)
    {
        var (held, holder) = (_held, _holder);
        (_held, _holder) = (new Sequence(((ulong)(uint)seed << 32) ^ (ulong)change), Environment.CurrentManagedThreadId);
        try
        {
            work();
        }
        finally
        {
            (_held, _holder) = (held, holder);
        }
    }

    /// <summary>A new UUID in lower case.</summary>
    public string NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        var random = Current;
        lock (random)
        {
            random.NextBytes(bytes);
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>A new key of 86 URL-safe characters, the server's length.</summary>
    public string NextKey() => NextText(86);

    public string NextText(int length)
    {
        var random = Current;
        lock (random)
        {
            return string.Create(length, random, static (span, random) =>
            {
                foreach (ref var c in span)
                {
                    c = KeyAlphabet[random.Next(KeyAlphabet.Length)];
                }
            });
        }
    }

    /// <summary>A whole number from 0 to one below <paramref name="limit"/>.</summary>
    public int Next(int limit)
    {
        var random = Current;
        lock (random)
        {
            return random.Next(limit);
        }
    }

    /// <summary>
    /// SplitMix64: sequences of neighbouring changes have nothing in common, and no two changes share one, which the 31-bit
    /// seed of <see cref="Random"/> can't promise.
    /// </summary>
    private sealed class Sequence(ulong state) : Random
    {
        private ulong _state = Mix(state);

        public override int Next(int maxValue) => (int)(((UInt128)NextWord() * (uint)maxValue) >> 64);

        public override void NextBytes(Span<byte> buffer)
        {
            Span<byte> word = stackalloc byte[8];
            for (var i = 0; i < buffer.Length; i += word.Length)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(word, NextWord());
                word[..Math.Min(word.Length, buffer.Length - i)].CopyTo(buffer[i..]);
            }
        }

        private ulong NextWord() => Mix(_state += 0x9E3779B97F4A7C15);

        private static ulong Mix(ulong z)
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
#pragma warning restore CA5394
}
