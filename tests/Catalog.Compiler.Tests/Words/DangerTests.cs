using System.Text.RegularExpressions;
using Cloud.Core.Catalog;
using Xunit.Abstractions;

namespace Catalog.Compiler.Tests.Words;

/// <summary>What sounds destructive and is rated lower was rated so on purpose.</summary>
public sealed partial class DangerTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_command_that_sounds_destructive_but_is_rated_below_destroy_says_why()
    {
        var effects = CloudStackData.Read("effects.json");
        var reasons = CloudStackData.Catalog.Commands
            .Where(c => Destructive.IsMatch(c.Name) && c.Effect.Effect < Effect.Destroy)
            .Select(c => (c.Name, c.Effect.Effect, Reason: effects.GetProperty(c.Name).TryGetProperty("reason", out var r) ? r.GetString()! : ""))
            .ToList();
        foreach (var (name, effect, reason) in reasons)
        {
            output.WriteLine($"{name} ({effect}): {reason}");
        }

        Assert.NotEmpty(reasons);
        Assert.All(reasons, r => Assert.Matches(@"^\S.{14,}$", r.Reason));
    }

    [Fact]
    public void A_warning_names_a_consequence_and_not_the_command() => Assert.All(
        CloudStackData.Catalog.Commands.Where(c => c.Effect.Effect >= Effect.Disrupt),
        c => Assert.DoesNotMatch("(?i)^(are you sure|this (cmdlet|command|operation|action|will)|warning|caution)", c.Effect.Warning));

    [GeneratedRegex("^(delete|destroy|expunge|purge|remove|revoke|wipe|clean|cleanup|release|disassociate|unmanage|reset|reinstall|erase|drop)[A-Z]")]
    private static partial Regex Destructive { get; }
}
