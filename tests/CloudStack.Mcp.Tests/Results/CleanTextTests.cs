using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Tests.Results;

public sealed class CleanTextTests
{
    [Theory]
    [InlineData("web-01", "web-01")]
    [InlineData("Zürich サーバー ✓ 😀", "Zürich サーバー ✓ 😀")]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    [InlineData("a\u202Eb\u2066c\u2069", "abc")]
    [InlineData("a\u200Bb\u200Dc\uFEFFd\u2060e\u00ADf", "abcdef")]
    [InlineData("a\u001B[31mb\u0000c\u0085d\u007F", "a[31mbcd")]
    [InlineData("a\uFE0Fb\u3164c\u115Fd\u034Fe\u2800f", "abcdef")]
    [InlineData("a\u2028b\u2029c", "a\nb\nc")]
    [InlineData("x\U000E0041\U000E0042\U000E007Fy", "xy")]
    [InlineData("x\U000E0101y\uE000z\U000F0000", "xyz")]
    public void What_a_person_cannot_see_is_taken_out(string text, string clean) => Assert.Equal(clean, CleanText.Of(text));

    [Fact]
    public void An_unpaired_surrogate_becomes_a_visible_sign_of_damage() => Assert.Equal("a\uFFFDb\u00E9", CleanText.Of("a\uD800b\u00E9"));

    [Fact]
    public void A_clean_text_is_given_back_as_it_is()
    {
        var text = "plain";
        Assert.Same(text, CleanText.Of(text));
    }

    [Fact]
    public void A_line_has_no_breaks_and_keeps_to_its_length()
    {
        Assert.Equal("a b c", CleanText.Line("a\r\nb\tc", 10));
        Assert.Equal("abcd…", CleanText.Line("abcdefgh", 5));
    }
}
