using Cloud.Core.Errors;
using CloudStack.Mcp.CommandLine;

namespace CloudStack.Mcp.Tests.CommandLine;

public sealed class LooseArgumentsTests
{
    [Fact]
    public void Values_flags_lists_and_negative_numbers_are_told_apart()
    {
        var values = LooseArguments.Read(["--id", "web-01", "--forced", "--projectid", "-1", "--ids", "a", "--ids", "b", "--text=--dashes=2"]);

        Assert.Equal("web-01", values["ID"]);
        Assert.Equal(true, values["forced"]);
        Assert.Equal("-1", values["projectid"]);
        Assert.Equal(new List<object> { "a", "b" }, values["ids"]);
        Assert.Equal("--dashes=2", values["text"]);
    }

    [Theory]
    [InlineData("stray")]
    [InlineData("--id", "a", "b")]
    [InlineData("-x")]
    [InlineData("--")]
    public void A_value_that_stands_alone_is_refused(params string[] tokens) =>
        Assert.Equal(ErrorCause.InvalidArgument, Assert.Throws<CloudException>(() => LooseArguments.Read(tokens)).Cause);
}
