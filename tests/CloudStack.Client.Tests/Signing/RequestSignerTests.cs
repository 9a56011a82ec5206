using System.Security.Cryptography;
using System.Text;
using CloudStack.Client.Signing;
using CloudStack.Client.Tests.Support;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Tests.Signing;

public sealed class RequestSignerTests
{
    private static readonly byte[] Key = "key"u8.ToArray();

    [Fact]
    public void A_signature_among_the_parameters_is_not_signed()
    {
        WireParameter[] with = [new("Signature", "x"), new("command", "listZones")];
        WireParameter[] without = [new("command", "listZones")];

        Assert.Equal(RequestSigner.Sign(without, Key, SigningHash.Sha1), RequestSigner.Sign(with, Key, SigningHash.Sha1));
    }

    [Fact]
    [Trait("Protocol", "2.2")]
    public void The_hash_can_be_sha512()
    {
        WireParameter[] parameters = [new("command", "listZones")];
        var expected = Convert.ToBase64String(HMACSHA512.HashData(Key, "command=listzones"u8));

        Assert.Equal(expected, RequestSigner.Sign(parameters, Key, SigningHash.Sha512));
    }

    [Fact]
    public void A_value_of_a_megabyte_is_signed_like_a_short_one()
    {
        var value = new string('é', 500_000);
        WireParameter[] parameters = [new("userdata", value)];

        Assert.Equal("userdata=" + string.Concat(Enumerable.Repeat("%c3%a9", 500_000)), RequestSigner.TextToSign(parameters));
    }

    [Fact]
    public void Signing_leaves_nothing_behind_but_the_signature()
    {
        WireParameter[] parameters =
        [
            new("account", "Engineering"), new("apikey", Sample.ApiKey), new("command", "deployVirtualMachine"),
            new("expires", "2031-02-03T04:05:06+0000"), new("name", "web-01"), new("response", "json"),
            new("signatureversion", "3"), new("zoneid", Sample.Id),
        ];
        var secret = Encoding.UTF8.GetBytes(Sample.SecretKey);
        RequestSigner.Sign(parameters, secret, SigningHash.Sha1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            RequestSigner.Sign(parameters, secret, SigningHash.Sha1);
        }

        // A Base64 text of 28 characters takes 80 bytes.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 1, 100);
    }
}
