using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Consent;

namespace CloudStack.Mcp.Tests.Consent;

public sealed class ConfirmationPolicyTests
{
    [Theory]
    [InlineData("Read", false, "Allow")]
    [InlineData("Change", false, "Allow")]
    [InlineData("Disrupt", false, "Token")]
    [InlineData("Destroy", false, "Token")]
    [InlineData("Critical", false, "Deny")]
    [InlineData("Change", true, "Allow")]
    [InlineData("Disrupt", true, "Elicit")]
    [InlineData("Destroy", true, "Elicit")]
    [InlineData("Critical", true, "Elicit")]
    public void By_default_danger_is_asked_about_and_the_worst_never_goes_by_token(string effect, bool canAsk, string mode) =>
        Assert.Equal(Enum.Parse<ConfirmationMode>(mode), ConfirmationPolicy.Default.For(Enum.Parse<Effect>(effect), canAsk));

    [Theory]
    [InlineData("critical=token", "Critical", false, "Token")]
    [InlineData("critical=token", "Critical", true, "Token")]
    [InlineData("destroy=elicit", "Destroy", false, "Deny")]
    [InlineData("change=token", "Change", true, "Token")]
    [InlineData("disrupt=allow,destroy=deny", "Disrupt", false, "Allow")]
    [InlineData("disrupt=allow,destroy=deny", "Destroy", true, "Deny")]
    [InlineData("Destroy=Ask", "Destroy", false, "Token")]
    public void The_operator_chooses_per_effect(string choice, string effect, bool canAsk, string mode) =>
        Assert.Equal(Enum.Parse<ConfirmationMode>(mode), ConfirmationPolicy.Parse([choice]).For(Enum.Parse<Effect>(effect), canAsk));

    [Theory]
    [InlineData("destroy")]
    [InlineData("destroy=")]
    [InlineData("destroy=maybe")]
    [InlineData("all=allow")]
    [InlineData("read=token")]
    [InlineData("3=0")]
    [InlineData("=")]
    public void Anything_else_is_refused(string choice) =>
        Assert.Equal(ErrorCause.InvalidArgument, Assert.Throws<CloudException>(() => ConfirmationPolicy.Parse([choice])).Cause);
}
