using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Tests;

/// <summary>How views show what a server wrote.</summary>
public sealed class ShownTests
{
    [Theory]
    [InlineData("web-01", "web-01")]
    [InlineData("a\u001b[2Jb", "a\uFFFD[2Jb")]
    [InlineData("two\r\nlines", "two\uFFFD\uFFFDlines")]
    [InlineData("a\u202Eexe.txt", "a\uFFFDexe.txt")]
    [InlineData("csi\u009b31m", "csi\uFFFD31m")]
    [InlineData("", "")]
    public void Text_cannot_steer_the_screen(string text, string shown) => Assert.Equal(shown, Shown.Text(text));

    [Fact]
    public void A_very_long_text_is_cut() => Assert.Equal(1001, Shown.Text(new string('x', 100_000))!.Length);

    [Theory]
    [InlineData("Running", "\u001b[32mRunning\u001b[0m")]
    [InlineData("Error", "\u001b[31mError\u001b[0m")]
    [InlineData("Starting", "\u001b[33mStarting\u001b[0m")]
    [InlineData("Stopped", "Stopped")]
    [InlineData("Run\u001bning", "\u001b[33mRun\uFFFDning\u001b[0m")]
    public void A_state_has_its_colour_and_no_other(string state, string shown) => Assert.Equal(shown, Shown.State(state));

    [Theory]
    [InlineData(0L, "bytes", "0 B")]
    [InlineData(1536L, "bytes", "1.5 KiB")]
    [InlineData(8589934592L, "bytes", "8 GiB")]
    [InlineData(512L, "mib", "512 MiB")]
    [InlineData("2048", "gib", "2 TiB")]
    [InlineData("lots", "bytes", null)]
    [InlineData(null, "bytes", null)]
    public void A_size_is_told_in_the_unit_that_suits_it(object? size, string unit, string? shown) => Assert.Equal(shown, Shown.Size(size, unit));

    [Theory]
    [InlineData(35433480192L, "MEMORY", "33 GiB")]
    [InlineData(76207325184L, "STORAGE_ALLOCATED", "71 GiB")]
    [InlineData(38000L, "CPU", "38000 MHz")]
    [InlineData(100L, "VLAN", "100")]
    [InlineData(100L, null, "100")]
    [InlineData(null, "CPU", null)]
    public void A_capacity_is_told_in_what_it_counts(object? amount, string? kind, string? shown) => Assert.Equal(shown, Shown.Capacity(amount, kind));
}
