using System.Text;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Tests.Results;

public sealed class TokenEstimateTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("name", 1)]
    [InlineData("Running", 2)]
    [InlineData("two words", 2)]
    [InlineData("4096", 2)]
    [InlineData("2026-11-21", 6)]
    [InlineData("VM.CREATE", 5)]
    [InlineData("\":\"", 1)]
    [InlineData("MIIC9TCCAd2gAwIBAgIQ", 13)]
    [InlineData("機械", 3)]
    public void Words_numbers_and_signs_are_counted_as_tokenizers_cut_them(string text, int tokens) =>
        Assert.Equal(tokens, TokenEstimate.OfData(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Identifiers_and_dates_cost_more_than_their_length_says()
    {
        Assert.InRange(TokenEstimate.OfData("1f0c5a3e-6c1d-4f6e-9d65-0a4f6a1b2c3d"u8), 22, 36);
        Assert.InRange(TokenEstimate.OfData("2026-11-21T10:59:29+0000"u8), 14, 20);
    }
}
