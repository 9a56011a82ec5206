using CloudStack.Simulator.Identity;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>RFC 6238, appendix B: its key and moments, of whose eight digits the server shows the last six.</summary>
public sealed class TotpTests
{
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Gives_the_standards_codes(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Key, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(61, false)]
    public void Accepts_a_code_for_the_step_before_and_after(int seconds, bool isAccepted)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(1234567890);

        Assert.Equal(isAccepted, Totp.Accepts(Key, Totp.CodeAt(Key, time), time.AddSeconds(seconds)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("foobar", "MZXW6YTBOI")]
    [InlineData("12345678901234567890", Key)]
    public void Reads_and_writes_base32(string text, string encoded)
    {
        Assert.Equal(encoded, Base32.Encode(System.Text.Encoding.ASCII.GetBytes(text)));
        Assert.Equal(text, System.Text.Encoding.ASCII.GetString(Base32.Decode(encoded)));
    }

    [Fact]
    public void Refuses_what_is_not_base32() => Assert.Throws<FormatException>(() => Base32.Decode("MZ1"));
}
