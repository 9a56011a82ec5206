using Cloud.Core.Confirmations;
using Cloud.Core.Errors;

namespace Cloud.Core.Tests;

public sealed class ConfirmationTokenTests
{
    private static readonly ConfirmationBinding Binding = new("ann", "cloud_change", "d1", "t1");

    private readonly StoppedClock _clock = new();
    private readonly byte[] _key = ConfirmationTokens.NewKey();

    [Fact]
    public async Task A_token_is_good_once()
    {
        var tokens = Tokens();
        var token = tokens.Issue(Binding);

        await tokens.RedeemAsync(token, Binding, default);

        await Refused(tokens, token, Binding, "was used before");
    }

    [Fact]
    public async Task A_replica_with_the_same_key_and_store_honours_it_once()
    {
        var store = new MemoryUsedTokens(_clock);
        var (one, two) = (Tokens(store), Tokens(store));
        var token = one.Issue(Binding);

        await two.RedeemAsync(token, Binding, default);

        await Refused(one, token, Binding, "was used before");
    }

    [Fact]
    public async Task A_token_expires()
    {
        var tokens = Tokens();
        var token = tokens.Issue(Binding);
        _clock.Now += TimeSpan.FromMinutes(5);

        await Refused(tokens, token, Binding, "has expired");
    }

    [Theory]
    [InlineData("bob", "cloud_change", "d1", "t1", "another caller")]
    [InlineData("ann", "other", "d1", "t1", "another command")]
    [InlineData("ann", "cloud_change", "d2", "t1", "other arguments")]
    [InlineData("ann", "cloud_change", "d1", "t2", "no longer what was shown")]
    public async Task A_token_is_good_for_nothing_else(string caller, string tool, string digest, string target, string why)
    {
        var tokens = Tokens();

        await Refused(tokens, tokens.Issue(Binding), new ConfirmationBinding(caller, tool, digest, target), why);
    }

    [Fact]
    public async Task A_token_changed_anywhere_is_refused()
    {
        var tokens = Tokens();
        var token = tokens.Issue(Binding);
        for (var i = 0; i < token.Length; i++)
        {
            var other = token[i] == 'A' ? 'B' : 'A';
            await Refused(tokens, token[..i] + other + token[(i + 1)..], Binding, "not one of this server's");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("{\"confirm\":true}")]
    public async Task Text_that_is_no_token_is_refused(string text) =>
        await Refused(Tokens(), text, Binding, "not one of this server's");

    [Fact]
    public async Task A_token_of_another_server_is_refused()
    {
        var other = new ConfirmationTokens(
            ConfirmationTokens.NewKey(), new MemoryUsedTokens(_clock), TimeSpan.FromMinutes(5), _clock);

        await Refused(Tokens(), other.Issue(Binding), Binding, "not one of this server's");
    }

    private ConfirmationTokens Tokens(IUsedTokens? store = null) =>
        new(_key, store ?? new MemoryUsedTokens(_clock), TimeSpan.FromMinutes(5), _clock);

    private static async Task Refused(ConfirmationTokens tokens, string token, ConfirmationBinding binding, string why)
    {
        var error = await Assert.ThrowsAsync<CloudException>(async () => await tokens.RedeemAsync(token, binding, default));
        Assert.Equal(ErrorCause.NotConfirmed, error.Cause);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
