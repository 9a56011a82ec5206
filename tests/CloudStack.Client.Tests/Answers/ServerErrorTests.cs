using System.Net;
using System.Net.Http.Headers;
using Cloud.Core.Errors;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Answers;

/// <summary>Protocol note, section 5: the API's errors in plain words.</summary>
public sealed class ServerErrorTests
{
    [Theory]
    [InlineData(400, null, "State changing command x needs to be sent using POST request", ErrorCause.Refused)]
    [InlineData(401, null, "unable to verify user credentials and/or request signature", ErrorCause.Unauthorized)]
    [InlineData(401, 9999, "The given command 'x' either does not exist, is not available for user.", ErrorCause.Forbidden)]
    [InlineData(430, 9999, "bad map", ErrorCause.Refused)]
    [InlineData(431, 4350, "missing parameter id", ErrorCause.Refused)]
    [InlineData(431, 9999, "… due to incorrect long value format, or entity does not exist", ErrorCause.NotFound)]
    [InlineData(432, 9999, "The API [x] does not exist or is not available for the account", ErrorCause.Forbidden)]
    [InlineData(432, 9999, "Unknown API command: x", ErrorCause.UnknownCommand)]
    [InlineData(530, 4250, "broken", ErrorCause.ServerFault)]
    [InlineData(530, 4300, "busy", ErrorCause.Conflict)]
    [InlineData(530, 4325, "full", ErrorCause.OutOfResources)]
    [InlineData(530, 4365, "no", ErrorCause.Forbidden)]
    [InlineData(531, 4365, "not yours", ErrorCause.Forbidden)]
    [InlineData(531, null, "Failed to authenticate user u in domain 1; please provide valid credentials", ErrorCause.Unauthorized)]
    [InlineData(532, 4280, "limit", ErrorCause.OutOfResources)]
    [InlineData(533, 4325, "capacity", ErrorCause.OutOfResources)]
    [InlineData(534, 4380, "host", ErrorCause.Unavailable)]
    [InlineData(535, 4370, "allocation", ErrorCause.OutOfResources)]
    [InlineData(536, 4375, "in use", ErrorCause.Conflict)]
    [InlineData(537, 4360, "rule", ErrorCause.Conflict)]
    [InlineData(503, 9999, "maintenance", ErrorCause.Unavailable)]
    [InlineData(511, 4295, "second factor", ErrorCause.SecondFactorRequired)]
    [Trait("Protocol", "5.1")]
    [Trait("Protocol", "5.3")]
    public void Every_code_has_a_cause_and_keeps_the_servers_words(int code, int? detail, string text, ErrorCause cause)
    {
        var error = Fail(Body(code, detail, text), code);

        Assert.Equal(cause, error.Cause);
        Assert.Equal(text, error.ServerText);
        Assert.Equal((code, detail, code), (error.ErrorCode!.Value, error.DetailCode, error.HttpStatus!.Value));
        Assert.Equal("createNetwork", error.Command);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.NextStep);
    }

    [Theory]
    [InlineData("errorresponse")]
    [InlineData("null")]
    [InlineData("createnetworkresponse")]
    [Trait("Protocol", "5.2")]
    public void The_errors_root_may_have_any_name(string root) =>
        Assert.Equal(432, Fail(Body(432, 9999, "x").Replace("createnetworkresponse", root, StringComparison.Ordinal), 432).ErrorCode);

    [Fact]
    [Trait("Protocol", "5.2")]
    public void An_error_is_an_error_even_with_status_200() => Assert.Equal(431, Fail(Body(431, 4350, "x"), 200).ErrorCode);

    [Fact]
    [Trait("Protocol", "5.1")]
    public void The_containers_431_is_told_from_the_apis()
    {
        var error = Fail("<html>Request Header Fields Too Large</html>", 431);

        Assert.Equal(ErrorCause.Refused, error.Cause);
        Assert.Contains("too large", error.Message, StringComparison.Ordinal);
        Assert.Null(error.ErrorCode);
    }

    [Fact]
    public void A_refusal_in_bare_text_is_shown()
    {
        var error = Fail("Please use HTTP POST to authenticate using this API", 405);

        Assert.Equal("Please use HTTP POST to authenticate using this API", error.ServerText);
        Assert.Equal(405, error.HttpStatus);
    }

    [Fact]
    public void A_page_that_is_not_there_is_no_api()
    {
        var error = Fail("<html>Not found</html>", 404);

        Assert.Equal(ErrorCause.BadAnswer, error.Cause);
        Assert.Contains("no CloudStack API at this address", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Protocol", "5.2")]
    public void An_envelope_inside_the_text_is_opened()
    {
        const string Inner = """{\"validateuserresponse\":{\"errorcode\":511,\"errortext\":\"Invalid code\"}}""";

        Assert.Equal("Invalid code", Fail($$$"""{"r":{"errorcode":511,"cserrorcode":4295,"errortext":"{{{Inner}}}"}}""", 511).ServerText);
    }

    [Theory]
    [InlineData("""{not json""")]
    [InlineData("""{"a":1}""")]
    [InlineData("""{"a":{"b":1}}""")]
    public void A_text_that_only_looks_like_an_envelope_stays_as_it_is(string text) => Assert.Equal(
        text, Fail(System.Text.Json.JsonSerializer.Serialize(new { r = new { errorcode = 530, errortext = text } }), 530).ServerText);

    [Fact]
    [Trait("Protocol", "5.4")]
    public void The_pause_is_read_from_the_text_of_429()
    {
        var error = Fail(Body(429, 9999, "The given user has reached his/her account api limit, please retry after [740] ms."), 429);

        Assert.Equal(ErrorCause.Throttled, error.Cause);
        Assert.Equal(TimeSpan.FromMilliseconds(740), error.RetryAfter);
    }

    [Fact]
    [Trait("Protocol", "5.4")]
    public void The_pause_is_read_from_a_proxys_header()
    {
        var error = Fail(new HttpResponseMessage(HttpStatusCode.TooManyRequests)
        {
            Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)) },
            Content = new StringContent("slow down"),
        });

        Assert.Equal(ErrorCause.Throttled, error.Cause);
        Assert.Equal(TimeSpan.FromSeconds(7), error.RetryAfter);
    }

    [Fact]
    public void A_secret_that_the_server_repeats_is_hidden()
    {
        var server = new ScriptedServer().Then(Body(431, 4350, "invalid value hunter22 for parameter password, key " + Sample.SecretKey), 431);

        var error = Assert.Throws<CloudException>(() => Sample.Send(server, "createUser", ("password", "hunter22"), ("username", "u")));

        Assert.DoesNotContain("hunter22", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Sample.SecretKey, error.ToString(), StringComparison.Ordinal);
        Assert.Contains("***", error.ServerText, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_and_endless_texts_are_tamed()
    {
        var error = Fail(Body(530, 4250, "a\\u001b[31m" + new string('x', 10_000)), 530);

        Assert.DoesNotContain('\u001b', error.ServerText!);
        Assert.InRange(error.ServerText!.Length, 1, 2001);
    }

    private static string Body(int code, int? detail, string text)
    {
        var finer = detail is null ? "" : $"\"cserrorcode\":{detail},";
        return $$$"""{"createnetworkresponse":{"uuidList":[],"errorcode":{{{code}}},{{{finer}}}"errortext":"{{{text}}}"}}""";
    }

    private static CloudException Fail(string body, int status) => Fail(ScriptedServer.Text(body, "application/json", status));

    private static CloudException Fail(HttpResponseMessage answer) => Assert.Throws<CloudException>(
        () => Sample.Send(new ScriptedServer().Then(_ => answer), "createNetwork", ("name", "n")));
}
