using Cloud.Core.Errors;
using CloudStack.Client.Tests.Simulated;
using CloudStack.Client.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Answers;

/// <summary>Protocol note, section 4.3: a server whose setting <c>encode.api.response</c> is on.</summary>
[Trait("Protocol", "4.3")]
public sealed class EncodedAnswerTests : IDisposable
{
    private const string Name = "Zürich & 100 % + [x] ~* ✓";

    private readonly SimulatedCloud _cloud = new(new SimulatorOptions { EncodeAnswers = true });

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task Texts_are_decoded_where_the_connection_says_so()
    {
        using var provider = Provider(isEncoded: true);

        await provider.SendAsync(Sample.Command("createSSHKeyPair", ("name", Name)), CancellationToken.None);

        Assert.Equal(Name, Assert.Single((await ListAsync(provider)).Objects).GetText("name"));
    }

    [Fact]
    public async Task They_stay_as_they_came_where_it_does_not()
    {
        using var provider = Provider(isEncoded: false);

        await provider.SendAsync(Sample.Command("createSSHKeyPair", ("name", "a b")), CancellationToken.None);

        Assert.Equal("a%20b", Assert.Single((await ListAsync(provider)).Objects).GetText("name"));
    }

    [Fact]
    public async Task An_error_is_told_in_the_servers_own_words()
    {
        using var provider = Provider(isEncoded: true);

        var error = await Assert.ThrowsAsync<CloudException>(() => provider.SendAsync(Sample.Command("stopVirtualMachine", ("id", Sample.Id)), CancellationToken.None));

        Assert.Contains($"Invalid parameter id value={Sample.Id} due to incorrect long value format", error.ServerText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_and_flags_stay_what_they_are_and_a_page_stays_a_page()
    {
        var connection = Sample.Connection with { AnswersAreEncoded = true, Retries = 0 };
        var server = new ScriptedServer()
            .Then("""{"r":{"count":1,"zone":[{"id":"a%2Fb","big":9007199254740993,"part":1.5,"flag":true,"list":["x%20y"]}]}}""")
            .Then(_ => ScriptedServer.Text("<html>100%25</html>", "text/html"));
        using var provider = Sample.Provider(server, connection: connection);

        var row = Assert.Single((await ListAsync(provider)).Objects);

        Assert.Equal(("a/b", 9007199254740993, 1.5, true), (row.GetText("id"), row.GetInteger("big"), row.GetNumber("part"), row.GetBoolean("flag")));
        Assert.Equal(["x y"], row.GetTexts("list"));
        await Assert.ThrowsAsync<CloudException>(() => ListAsync(provider));
    }

    private CloudStackProvider Provider(bool isEncoded) => SimulatedSample.Provider(
        _cloud, SimulatedSample.Connection(_cloud) with { AnswersAreEncoded = isEncoded });

    private static Task<Cloud.Core.Operations.CommandReply> ListAsync(CloudStackProvider provider) =>
        provider.SendAsync(Sample.Command("listSSHKeyPairs"), CancellationToken.None);
}
