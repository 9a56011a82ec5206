using System.Text;
using System.Text.Json;
using CloudStack.Client.Signing;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Tests.Signing;

[Trait("Protocol", "2.5")]
public sealed class SignatureVectorTests
{
    private static readonly JsonElement[] Vectors = Read();

    public static TheoryData<string> Names => [.. Vectors.Select(vector => vector.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_vector_is_signed_as_the_server_signs_it(string name)
    {
        var vector = Vectors.Single(v => v.GetProperty("name").GetString() == name);
        WireParameter[] parameters =
            [.. vector.GetProperty("parameters").EnumerateObject().Select(p => new WireParameter(p.Name, p.Value.GetString()!))];
        WireParameter.Sort(parameters);

        Assert.Equal(vector.GetProperty("text").GetString(), RequestSigner.TextToSign(parameters));
        var secretKey = Encoding.UTF8.GetBytes(vector.GetProperty("secretKey").GetString()!);
        Assert.Equal(vector.GetProperty("signature").GetString(), RequestSigner.Sign(parameters, secretKey, SigningHash.Sha1));
    }

    [Fact]
    public void The_file_holds_the_eight_vectors_of_the_rule_and_the_two_published_ones() => Assert.Equal(10, Vectors.Length);

    private static JsonElement[] Read()
    {
        using var stream = typeof(SignatureVectorTests).Assembly.GetManifestResourceStream("signature-vectors.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }
}
