using System.Text;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Tests.Results;

public sealed class TokenEstimateTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 1)]
    [InlineData("abcd", 2)]
    [InlineData("1f0c5a3e-6c1d-4f6e-9d65-0a4f6a1b2c3d", 22)]
    [InlineData("\"1f0c5a3e-6c1d-4f6e-9d65-0a4f6a1b2c3d\"", 23)]
    [InlineData("1f0c5a3e-6c1d-4f6e-9d65-0a4f6a1b2c3d,1f0c5a3e-6c1d-4f6e-9d65-0a4f6a1b2c3d", 45)]
    [InlineData("web-01-db-02", 4)]
    [InlineData("-------------", 5)]
    [InlineData("1f0c5a3e-6c1d-4f6e-9d65-0a4f6a1b2c3", 12)]
    public void Identifiers_cost_more_than_their_length_says(string text, int tokens) =>
        Assert.Equal(tokens, TokenEstimate.OfData(Encoding.UTF8.GetBytes(text)));
}
