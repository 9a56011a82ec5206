using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Tests.Protocol;

[Trait("Protocol", "2.5")]
public sealed class SignatureTests
{
    private const string Secret = "sEcReT-example_0001-zYxWvUtSrQpOnMlKjIhGfEdCbA";
    private const string Key = "AKIDexample-0001_AbCdEfGhIjKlMnOpQrStUvWxYz";

    /// <summary>The vectors of the protocol note, section 2.5: parameters but the key, text to sign with the key cut out, signature.</summary>
    public static TheoryData<string[], string, string> Vectors => new()
    {
        { ["command=listZones"], "apikey={key}&command=listzones&response=json", "xVMSZKZyuoZUMfAN01LoI/oAUNE=" },
        {
            ["command=updateVirtualMachine", "id=0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11", "displayname=Web server 01 + spare"],
            "apikey={key}&command=updatevirtualmachine&displayname=web%20server%2001%20%2b%20spare&id=0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11&response=json",
            "CyslEF6RsHNrV2Xw6C2y5moZTzI="
        },
        {
            ["command=listVirtualMachines", "keyword=Zürich-サーバー ✓"],
            "apikey={key}&command=listvirtualmachines&keyword=z%c3%bcrich-%e3%82%b5%e3%83%bc%e3%83%90%e3%83%bc%20%e2%9c%93&response=json",
            "9K0Fh5+JQ5x01XsoN7G2krS3DSI="
        },
        {
            ["command=uploadCustomCertificate", "domainsuffix=*.cloud.example", "name=~root~"],
            "apikey={key}&command=uploadcustomcertificate&domainsuffix=*.cloud.example&name=%7eroot%7e&response=json",
            "Hy5Ow0CXtCsrjAx300IWI18eV34="
        },
        {
            ["command=deployVirtualMachine", "zoneid=1", "details[0].cpuNumber=2", "details[0].memory=4096", "name=a[1]"],
            "apikey={key}&command=deployvirtualmachine&details[0].cpunumber=2&details[0].memory=4096&name=a%5b1%5d&response=json&zoneid=1",
            "08vTFqfSxpi3PsWGq4zsRU3IXjA="
        },
        {
            ["command=createTags", "resourceids=a,b", "resourcetype=UserVm", "tags[0].key=path/x", "tags[0].value=k=v&w=/%20"],
            "apikey={key}&command=createtags&resourceids=a%2cb&resourcetype=uservm&response=json&tags[0].key=path%2fx&tags[0].value=k%3dv%26w%3d%2f%2520",
            "dp6P74YABp68oYf4DMd4hQhZVEQ="
        },
        {
            ["command=listUsers", "account=Admin", "Zebra=Z", "keyword=x", "apiKey=" + Key],
            "zebra=z&account=admin&apikey={key}&command=listusers&keyword=x&response=json",
            "YPQKFDs7dRtCMLFmI7wfF9UQISs="
        },
        {
            ["command=listHosts", "keyword=", "signatureVersion=3", "expires=2031-02-03T04:05:06+0000"],
            "apikey={key}&command=listhosts&expires=2031-02-03t04%3a05%3a06%2b0000&keyword=&response=json&signatureversion=3",
            "vqokdicCFAc64kuZxnchezuXNcA="
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Makes_the_signatures_that_the_server_makes(string[] pairs, string text, string signature)
    {
        var parameters = pairs.Append("response=json")
            .Select(pair => KeyValuePair.Create(pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..])).ToList();
        if (!parameters.Exists(p => p.Key == "apiKey"))
        {
            parameters.Add(new("apikey", Key));
        }

        var toSign = SignatureRule.TextToSign(parameters);

        Assert.Equal(text.Replace("{key}", Key.ToLowerInvariant(), StringComparison.Ordinal), toSign);
        Assert.Equal(signature, SignatureRule.Sign(toSign, Secret));
    }

    [Theory]
    [InlineData(
        "apikey=plgwjfzk4gys3momtvmjuvg-x-jlwlnfauj9gabbbf9edm-kaymmailqzzq1elzlyq_u38zcm0bewzgudp66mg&command=listusers&response=json",
        "VDaACYb0LV9eNjTetIOElcVQkvJck_J_QljX_FcHRj87ZKiy0z0ty0ZsYBkoXkY9b7eq1EhwJaw7FF3akA3KBQ",
        "TTpdDq/7j/J58XCRHomKoQXEQds=")]
    [InlineData(
        "apikey=i-mcqzbmwigid0sohwvjk60pwxwmfc1wsenvzy1zpuou1ay-c66elwlnabeb5ylpf1f_uu_1peytzobumnll8g&command=listzones&response=json",
        "bezaSxCEjrWxutJzRdJTStGl4nEWVUDx4YX9Q8DJo6kBiUXWfdq7P8z46zaWbQBeVMTu0YiP9tVbsjbG4QFV3g",
        "RNlqbyJYiXMGYXI5g7+0zB6Y+5w=")]
    public void Makes_the_signatures_that_others_published(string text, string secret, string signature) =>
        Assert.Equal(signature, SignatureRule.Sign(text, secret));

    [Fact]
    public void Leaves_the_signature_itself_out_in_any_case() =>
        Assert.Equal("command=x", SignatureRule.TextToSign([new("Signature", "s"), new("command", "x"), new("SIGNATURE", "t")]));
}
