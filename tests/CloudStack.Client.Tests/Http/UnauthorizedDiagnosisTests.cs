using System.Globalization;
using Cloud.Core.Errors;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Http;

/// <summary>Protocol note, section 2.4: one refusal for everything, told apart by harmless reads.</summary>
[Trait("Protocol", "2.4")]
public sealed class UnauthorizedDiagnosisTests
{
    private const string Capabilities = """{"r":{"capability":{"cloudstackversion":"4.22.0.0"}}}""";

    private const string Refusal =
        """{"r":{"uuidList":[],"errorcode":401,"errortext":"unable to verify user credentials and/or request signature"}}""";

    [Fact]
    public async Task A_key_that_works_for_other_commands_points_to_the_command()
    {
        var error = await Refused(request => request.Command == "listCapabilities");

        Assert.Equal(ErrorCause.UnknownCommand, error.Cause);
        Assert.Contains("accepts the key but not createUser", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Protocol", "2.3")]
    public async Task A_signature_that_works_only_with_a_long_life_points_to_the_clock()
    {
        var error = await Refused(request => request.Command == "listCapabilities" && Expires(request) > new FakeTime().GetUtcNow().AddHours(1));

        Assert.Equal(ErrorCause.Unauthorized, error.Cause);
        Assert.Contains("clock is behind", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Protocol", "2.2")]
    public async Task A_signature_that_works_with_the_other_hash_points_to_the_hash()
    {
        // An HMAC-SHA512 signature is 88 characters long in Base64, an HMAC-SHA1 one 28.
        var error = await Refused(request => request.Command == "listCapabilities" && request.Parameters["signature"].Length == 88);

        Assert.Contains("signed with Sha512", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_never_works_points_to_the_keys()
    {
        var server = Server(_ => false);

        var error = await Assert.ThrowsAsync<CloudException>(() => Send(server));

        Assert.Equal((ErrorCause.Unauthorized, 401, "createUser"), (error.Cause, error.ErrorCode, error.Command));
        Assert.Contains("secret key", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Sample.SecretKey, error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Log, r => r.Command == "createUser");
        Assert.All(server.Log.Skip(1), r => Assert.Equal(("GET", "listCapabilities"), (r.Method, r.Command)));
    }

    private static async Task<CloudException> Refused(Func<SentRequest, bool> accepts) =>
        await Assert.ThrowsAsync<CloudException>(() => Send(Server(accepts)));

    private static Task<Cloud.Core.Operations.CommandReply> Send(ScriptedServer server) =>
        Sample.Provider(server, connection: Sample.Connection with { DiagnoseUnauthorized = true })
            .SendAsync(Sample.Command("createUser", ("username", "u")), CancellationToken.None);

    private static ScriptedServer Server(Func<SentRequest, bool> accepts) => new()
    {
        Otherwise = request => accepts(request) ? ScriptedServer.Json(Capabilities) : ScriptedServer.Json(Refusal, 401),
    };

    private static DateTimeOffset Expires(SentRequest request) =>
        DateTimeOffset.Parse(request.Parameters["expires"].Replace("+0000", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
