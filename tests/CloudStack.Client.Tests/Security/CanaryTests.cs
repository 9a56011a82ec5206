using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using Cloud.Core.Operations;
using Cloud.Core.Security;
using CloudStack.Client.Tests.Faults;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Security;

/// <summary>A canary in the place of every secret shows in nothing that a person, a log or the audit trail gets to see.</summary>
public sealed class CanaryTests
{
    // What URLs, forms, JSON and web pages each write in their own way.
    private const string Canary = "c4n<a>ry & \"p\" +/=~é";
    private const string Beginning = "c4n";

    private static readonly Func<SentRequest, HttpResponseMessage>[] Answers =
    [
        request => ScriptedServer.Text($"oops {request.Body} {request.Url}", "text/plain", 500),
        request => ScriptedServer.Text($"oops {Uri.UnescapeDataString(request.Body)}", "text/plain", 502),
        request => Error(431, $"invalid value {string.Join(' ', request.Parameters.Values)}"),
        request => Error(530, JsonSerializer.Serialize(request.Parameters)),
        request => Error(530, System.Net.WebUtility.HtmlEncode(string.Join(' ', request.Parameters.Values))),
        request => ScriptedServer.Text(new string('x', 390) + string.Join(' ', request.Parameters.Values), "text/plain", 500),
        request => ScriptedServer.Json($$$"""{"r":{"success":false,"displaytext":{{{JsonSerializer.Serialize(string.Join(' ', request.Parameters.Values))}}}}}"""),
        _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "gone"),
    ];

    public static TheoryData<string> Commands => [.. Sample.Catalog.Commands
        .Where(command => !command.IsAuthenticator && command.Parameters.Any(parameter => Redaction.IsSecret(parameter) && parameter.Values.Count == 0))
        .Select(command => command.Name)];

    [Fact]
    public void There_are_commands_with_secrets() => Assert.InRange(Commands.Count, 40, 200);

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Nothing_shows_a_secret_argument_whatever_the_server_answers(string name)
    {
        var spec = Sample.Catalog.FindCommand(name)!;
        var arguments = spec.Parameters.Where(parameter => parameter.Required || Redaction.IsSecret(parameter))
            .ToDictionary(parameter => parameter.Name, parameter => (object?)Value(parameter));
        foreach (var answer in Answers)
        {
            var host = new WatchingHost();
            var server = new ScriptedServer { Otherwise = request => request.Command == name ? answer(request) : Error(431, "unknown") };
            using var provider = Sample.Provider(server, connection: Sample.Connection with { Retries = 0 });
            var request = new OperationRequest(name, arguments);
            try
            {
                await new OperationRunner(host, FollowPolicy.Eager, new FakeTime()).RunAsync(request, provider, host, CancellationToken.None);
            }
            catch (CloudException error)
            {
                host.See(error);
            }

            Assert.Contains(server.Log, sent => sent.Command == name && sent.Parameters.Values.Any(value => value.Contains(Beginning, StringComparison.Ordinal)));
            // With the sign behind it, since a signature may hold the three letters by chance.
            Assert.DoesNotContain(server.Log, sent => Uri.UnescapeDataString(sent.Url).Contains(Beginning + '<', StringComparison.Ordinal));
            Assert.DoesNotContain(Beginning, host.Seen + request, StringComparison.Ordinal);
            Assert.DoesNotContain(Sample.SecretKey, host.Seen, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("key is c4n<a>ry & \"p\" +/=~é.")]
    [InlineData("key=c4n%3Ca%3Ery%20%26%20%22p%22%20%2B%2F%3D~%C3%A9")]
    [InlineData("key=c4n%3ca%3ery+%26+%22p%22+%2b%2f%3d~%c3%a9")]
    [InlineData("key=c4n%3Ca%3Ery%20%26%20%22p%22%20%2B%2F%3D%7E%C3%A9")]
    [InlineData("{\"key\":\"c4n<a>ry & \\\"p\\\" +/=~é\"}")]
    [InlineData("<td>c4n&lt;a&gt;ry &amp; &quot;p&quot; +/=~&#233;</td>")]
    public void A_secret_is_hidden_in_every_form_it_is_written_in(string text)
    {
        var shown = Redaction.Text(text, [Canary]);

        Assert.Contains(Redaction.Mask, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Beginning, shown, StringComparison.Ordinal);
    }

    private static object Value(ParameterSpec parameter) => parameter.Type switch
    {
        ParameterType.Uuid => Sample.Id,
        ParameterType.Boolean => true,
        ParameterType.Integer or ParameterType.Short or ParameterType.Long or ParameterType.Double => 1L,
        ParameterType.Date => "2031-02-03T04:05:06Z",
        ParameterType.Map when parameter.Map!.Style == MapStyle.Records =>
            new[] { parameter.Map.Keys.DefaultIfEmpty("x").ToDictionary(key => key, _ => Secret(parameter)) },
        ParameterType.Map => new Dictionary<string, string> { ["x"] = Secret(parameter) },
        ParameterType.List when parameter.ItemType == ParameterType.Uuid => new[] { Sample.Id },
        ParameterType.List => new[] { Secret(parameter) },
        _ when parameter.Values.Count > 0 => parameter.Values[0],
        _ => Secret(parameter),
    };

    private static string Secret(ParameterSpec parameter) => Redaction.IsSecret(parameter) ? Canary : "plain";

    private static HttpResponseMessage Error(int code, string text) =>
        ScriptedServer.Json($$$"""{"r":{"uuidList":[],"errorcode":{{{code}}},"errortext":{{{JsonSerializer.Serialize(text)}}}}}""", code);
}
