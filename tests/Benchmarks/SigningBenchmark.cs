using System.Diagnostics;
using System.Globalization;
using System.Text;
using CloudStack.Client;
using CloudStack.Client.Signing;
using CloudStack.Client.Wire;

namespace Benchmarks;

/// <summary>Signs a request of eight parameters, on one core, with what it allocates beyond the result.</summary>
internal static class SigningBenchmark
{
    private const int Rounds = 20;
    private const int Requests = 50_000;

    private static readonly byte[] Key = Encoding.UTF8.GetBytes("sEcReT-example_0001-zYxWvUtSrQpOnMlKjIhGfEdCbA0123456789-abcdefghijkl");

    public static void Run()
    {
        foreach (var hash in new[] { SigningHash.Sha1, SigningHash.Sha512 })
        {
            var rate = new Samples();
            var garbage = new Samples();
            for (var round = -3; round < Rounds; round++)
            {
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var begun = Process.GetCurrentProcess().TotalProcessorTime;
                var length = 0;
                for (var i = 0; i < Requests; i++)
                {
                    length = RequestSigner.Sign(Parameters, Key, hash).Length;
                }

                // Processor time, since other work on the machine mustn't count.
                var seconds = (Process.GetCurrentProcess().TotalProcessorTime - begun).TotalSeconds;
                if (round >= 0)
                {
                    rate.Add(Requests / seconds);
                    // A string has 22 bytes beside its characters, rounded up to 8.
                    var result = ((22 + (2 * length)) + 7) / 8 * 8;
                    garbage.Add(((GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Requests) - result);
                }
            }

            Console.WriteLine($"signing with {hash}, {Parameters.Length} parameters, a second of processor time  {rate}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  bytes allocated beyond the result  {garbage.Median:0.0}"));
        }
    }

    private static readonly WireParameter[] Parameters =
    [
        new("apikey", "AKIDexample-0001_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-abcdefghijklmnopqrstuv"),
        new("command", "listVirtualMachines"),
        new("expires", "2031-02-03T04:05:06+0000"),
        new("listall", "true"),
        new("name", "web server ü 01"),
        new("response", "json"),
        new("signatureversion", "3"),
        new("zoneid", "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11"),
    ];
}
