using System.Net;
using System.Text;
using Cloud.Core.Errors;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Answers;

/// <summary>Protocol note, section 4.3, and answers that aren't the API's own.</summary>
[Trait("Protocol", "4.3")]
public sealed class BrokenAnswerTests
{
    [Fact]
    public void A_raw_control_character_in_a_text_is_read() =>
        Assert.Equal("a\u001bb", Name("{\"r\":{\"zone\":[{\"name\":\"a\u001bb\"}]}}"));

    [Theory]
    [InlineData("""C:\A""", """C:\A""")]
    [InlineData("""\u00""", """\u00""")]
    [InlineData("""a\""", null)]
    public void A_stray_backslash_is_read_as_itself(string sent, string? read)
    {
        var json = $$$"""{"r":{"zone":[{"name":"{{{sent}}}"}]}}""";
        if (read is null)
        {
            Assert.Throws<CloudException>(() => Name(json));
        }
        else
        {
            Assert.Equal(read, Name(json));
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_is_read_as_a_replacement_character() =>
        Assert.Equal("a\ufffdb😀", Name("""{"r":{"zone":[{"name":"a\ud83db\ud83d\ude00"}]}}"""));

    [Fact]
    public void A_byte_order_mark_is_skipped() => Assert.Equal("x", Name("\ufeff{\"r\":{\"zone\":[{\"name\":\"x\"}]}}"));

    [Fact]
    public void Json_beyond_repair_is_refused_with_the_position_of_the_first_bad_byte()
    {
        var error = Refused(ScriptedServer.Json("{\"r\":{\n\"zone\":[}]}}"));

        Assert.Equal(ErrorCause.BadAnswer, error.Cause);
        Assert.Contains("byte 15", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_utf8_is_refused_with_its_position()
    {
        var error = Refused(ScriptedServer.Bytes([.. "{\"r\":{\"a\":\""u8, 0xC3, 0x28, .. "\"}}"u8]));

        Assert.Contains("byte 11", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_answer_is_refused() =>
        Assert.Equal(ErrorCause.BadAnswer, Refused(ScriptedServer.Json("""{"listzonesresponse":{"count":2,"zone":[{"id":"1"},{"i""")).Cause);

    [Fact]
    public void An_empty_answer_is_refused()
    {
        var error = Refused(ScriptedServer.Json(""));

        Assert.Equal(ErrorCause.BadAnswer, error.Cause);
        Assert.Contains("empty answer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_web_page_is_not_taken_for_an_answer()
    {
        var error = Refused(ScriptedServer.Text("<html><title>Sign in</title></html>", "text/html"));

        Assert.Equal(ErrorCause.BadAnswer, error.Cause);
        Assert.Contains("web page", error.Message, StringComparison.Ordinal);
        Assert.Contains("/client/api", error.NextStep, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("{}")]
    [InlineData("""{"a":{},"b":{}}""")]
    [InlineData("""{"loginresponse":null}""")]
    [InlineData("""{"message":"not found"}""")]
    public void Json_of_another_kind_is_not_taken_for_an_answer(string json) =>
        Assert.Equal(ErrorCause.BadAnswer, Refused(ScriptedServer.Json(json)).Cause);

    [Fact]
    public void A_redirect_is_not_followed()
    {
        var error = Refused(new HttpResponseMessage(HttpStatusCode.Found)
        {
            Headers = { Location = new Uri("https://elsewhere.example.com/login?next=secret") },
            Content = new ByteArrayContent([]),
        });

        Assert.Contains("https://elsewhere.example.com/login;", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("next=secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_larger_than_allowed_is_refused_with_or_without_a_declared_length()
    {
        var connection = Sample.Connection with { MaxAnswerBytes = 100_000 };
        var big = Encoding.UTF8.GetBytes($$$"""{"r":{"x":"{{{new string('x', 200_000)}}}"}}""");
        HttpResponseMessage[] answers =
        [
            ScriptedServer.Bytes(big),
            new(HttpStatusCode.OK) { Content = new StreamContent(new Unseekable(big)) },
        ];

        foreach (var answer in answers)
        {
            var provider = Sample.Provider(new ScriptedServer().Then(_ => answer), connection: connection);
            var error = Assert.Throws<CloudException>(() => Send(provider));
            Assert.Contains("100000 bytes", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_answer_without_a_declared_length_is_read_whole()
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"r":{"zone":[{"name":"{{{new string('x', 300_000)}}}"}]}}""");
        var server = new ScriptedServer().Then(_ => new(HttpStatusCode.OK) { Content = new StreamContent(new Unseekable(body)) });

        Assert.Equal(300_000, Sample.Send(server, "listZones").Objects[0].GetText("name")!.Length);
    }

    private static string? Name(string json) =>
        Sample.Send(new ScriptedServer { Otherwise = _ => ScriptedServer.Json(json) }, "listZones").Objects[0].GetText("name");

    private static CloudException Refused(HttpResponseMessage answer) => Assert.Throws<CloudException>(() => Send(
        Sample.Provider(new ScriptedServer().Then(_ => answer), connection: Sample.Connection with { Retries = 0 })));

    private static Cloud.Core.Operations.CommandReply Send(CloudStackProvider provider) =>
        provider.SendAsync(Sample.Command("listZones"), CancellationToken.None).GetAwaiter().GetResult();

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
