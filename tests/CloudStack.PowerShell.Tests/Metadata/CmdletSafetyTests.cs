using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Tests.Metadata;

/// <summary>What the cmdlets ask before they act.</summary>
public sealed class CmdletSafetyTests
{
    [Fact]
    public void Everything_that_is_not_a_read_supports_ShouldProcess_and_no_read_does() => Assert.DoesNotContain(
        CmdletAssembly.Generated, pair => pair.Cmdlet.SupportsShouldProcess == pair.Command.IsRead);

    [Theory]
    [InlineData(Effect.Change, "Low")]
    [InlineData(Effect.Disrupt, "Medium")]
    [InlineData(Effect.Destroy, "High")]
    [InlineData(Effect.Critical, "High")]
    public void The_impact_follows_the_effect(Effect effect, string impact)
    {
        var cmdlets = CmdletAssembly.Generated.Where(pair => pair.Command.Effect.Effect == effect).ToList();

        Assert.NotEmpty(cmdlets);
        Assert.DoesNotContain(cmdlets, pair => pair.Cmdlet.ConfirmImpact != impact);
    }

    [Fact]
    public void Force_is_there_where_something_may_be_asked_and_nowhere_else() => Assert.DoesNotContain(
        CmdletAssembly.Generated, pair => (pair.Cmdlet.Parameter("Force") is not null) == pair.Command.IsRead);

    [Fact]
    public void NoWait_is_there_where_a_job_is_followed_and_nowhere_else() => Assert.DoesNotContain(
        CmdletAssembly.Generated, pair => (pair.Cmdlet.Parameter("NoWait") is not null) != pair.Command.IsAsync);

    [Fact]
    public void PassThru_is_there_where_nothing_comes_back_and_nowhere_else() => Assert.DoesNotContain(
        CmdletAssembly.Generated,
        pair => (pair.Cmdlet.Parameter("PassThru") is not null)
            != (!pair.Command.IsRead && pair.Command.Envelope.Shape == AnswerShape.Success));

    [Fact]
    public void A_secret_is_a_SecureString() => Assert.DoesNotContain(
        CmdletAssembly.Generated.SelectMany(pair => pair.Command.Parameters
            .Where(p => p is { Sensitive: true, Type: ParameterType.String })
            .Select(p => pair.Cmdlet.Parameter(p.Label)!)),
        parameter => parameter.TypeName != "System.Security.SecureString");
}
