namespace CloudStack.Simulator.Store;

/// <summary>Identifiers and other chance values that repeat from run to run.</summary>
internal sealed class IdSource(int seed)
{
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#pragma warning disable CA5394 // Repeatable on purpose; nothing here guards a real secret.
    private readonly Random _random = new(seed);
    private readonly object _lock = new();

    /// <summary>A new UUID in lower case.</summary>
    public string NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock)
        {
            _random.NextBytes(bytes);
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>A new key of 86 URL-safe characters, the server's length.</summary>
    public string NextKey() => NextText(86);

    public string NextText(int length)
    {
        lock (_lock)
        {
            return string.Create(length, _random, static (span, random) =>
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
        lock (_lock)
        {
            return _random.Next(limit);
        }
    }
#pragma warning restore CA5394
}
