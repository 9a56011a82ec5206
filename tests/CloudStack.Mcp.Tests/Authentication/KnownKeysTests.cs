using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Authentication;

public sealed class KnownKeysTests
{
    private static readonly Caller Alice = new("key:alice", ["reader"]);

    [Fact]
    public void A_key_has_256_random_bits_and_its_hash_doesnt_hold_it()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => ApiKey.New()).ToList();

        Assert.Equal(100, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^csmcp_[0-9a-f]{64}$", key));
        Assert.All(keys, key => Assert.DoesNotContain(key[6..], ApiKey.Hash(key), StringComparison.Ordinal));
        Assert.All(keys, key => Assert.Equal(32, ApiKey.ReadHash(ApiKey.Hash(key))!.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("sha256:zz")]
    [InlineData("md5:00000000000000000000000000000000")]
    [InlineData("sha256:g000000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_hash_is_read_as_none(string text) => Assert.Null(ApiKey.ReadHash(text));

    [Fact]
    public async Task A_key_proves_its_caller_and_no_other_key_does()
    {
        var key = ApiKey.New();
        var keys = new KnownKeys([new KnownKey(Alice, ApiKey.ReadHash(ApiKey.Hash(key))!)], TimeProvider.System);

        Assert.Equal(Alice, await keys.CheckAsync(key, CancellationToken.None));
        await Assert.ThrowsAsync<CredentialException>(() => keys.CheckAsync(ApiKey.New(), CancellationToken.None).AsTask());
        Assert.Null(await keys.CheckAsync("something.else.altogether", CancellationToken.None));
    }

    [Fact]
    public async Task A_key_is_good_until_it_expires()
    {
        var time = new ShiftedTime();
        var key = ApiKey.New();
        var keys = new KnownKeys([new KnownKey(Alice, ApiKey.ReadHash(ApiKey.Hash(key))!, time.GetUtcNow().AddHours(1))], time);

        Assert.NotNull(await keys.CheckAsync(key, CancellationToken.None));
        time.Advance(TimeSpan.FromHours(2));
        await Assert.ThrowsAsync<CredentialException>(() => keys.CheckAsync(key, CancellationToken.None).AsTask());
    }
}
