using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace CloudStack.Simulator.Lifecycles.Certificates;

/// <summary>
/// RSA keys that repeat from run to run, so that a cloud that is made again gives the same certificates. They guard nothing:
/// whoever knows the seed knows the key.
/// </summary>
internal static class RepeatableKey
{
    private const int PrimeBytes = 128;
    private const int Exponent = 65_537;
    private static readonly int[] SmallPrimes = [.. Enumerable.Range(3, 2_000).Where(n => n % 2 == 1 && Enumerable.Range(2, (int)Math.Sqrt(n) - 1).All(d => n % d != 0))];
    private static readonly int[] Witnesses = [2, 3, 5, 7, 11, 13, 17, 19];

    /// <summary>A key of 2048 bits.</summary>
    /// <param name="seed">What it's made of.</param>
    public static RSA Of(string seed)
    {
        var (p, q) = (Prime(seed + ":p"), Prime(seed + ":q"));
        if (p < q)
        {
            (p, q) = (q, p);
        }

        var d = Inverse(Exponent, (p - 1) * (q - 1));
        var key = RSA.Create();
        key.ImportParameters(new RSAParameters
        {
            Modulus = Bytes(p * q, 2 * PrimeBytes),
            Exponent = Bytes(Exponent, 3),
            D = Bytes(d, 2 * PrimeBytes),
            P = Bytes(p, PrimeBytes),
            Q = Bytes(q, PrimeBytes),
            DP = Bytes(d % (p - 1), PrimeBytes),
            DQ = Bytes(d % (q - 1), PrimeBytes),
            InverseQ = Bytes(Inverse(q, p), PrimeBytes),
        });
        return key;
    }

    private static BigInteger Prime(string seed)
    {
        var bytes = new byte[PrimeBytes];
        for (var block = 0; block < PrimeBytes / SHA256.HashSizeInBytes; block++)
        {
            var number = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(number, block);
            SHA256.HashData([.. Encoding.UTF8.GetBytes(seed), .. number]).CopyTo(bytes, block * SHA256.HashSizeInBytes);
        }

        // The two highest bits make the product as long as it's meant to be, the lowest makes it odd.
        bytes[0] |= 0xC0;
        bytes[^1] |= 1;
        var candidate = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        while (!IsPrime(candidate))
        {
            candidate += 2;
        }

        return candidate;
    }

    // A prime less one mustn't share a factor with the exponent.
    private static bool IsPrime(BigInteger n) =>
        Array.TrueForAll(SmallPrimes, small => n % small != 0) && (n - 1) % Exponent != 0 && Array.TrueForAll(Witnesses, a => Passes(n, a));

    private static bool Passes(BigInteger n, int witness)
    {
        var (odd, twos) = (n - 1, 0);
        while (odd.IsEven)
        {
            odd >>= 1;
            twos++;
        }

        var x = BigInteger.ModPow(witness, odd, n);
        for (var i = 0; i < twos; i++)
        {
            if (x == n - 1 || (i == 0 && x.IsOne))
            {
                return true;
            }

            x = BigInteger.ModPow(x, 2, n);
        }

        return false;
    }

    private static BigInteger Inverse(BigInteger a, BigInteger modulus)
    {
        var (r, nextR, t, nextT) = (modulus, a % modulus, BigInteger.Zero, BigInteger.One);
        while (!nextR.IsZero)
        {
            var quotient = r / nextR;
            (r, nextR) = (nextR, r - (quotient * nextR));
            (t, nextT) = (nextT, t - (quotient * nextT));
        }

        return t.Sign < 0 ? t + modulus : t;
    }

    private static byte[] Bytes(BigInteger number, int length)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }
}
