using CloudStack.Simulator.Lifecycles.Accounting;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class ActivationRuleTests
{
    private static readonly Dictionary<string, object?> Variables = new()
    {
        ["account"] = new Dictionary<string, object?> { ["name"] = "ledger", ["role"] = new Dictionary<string, object?> { ["type"] = "User" } },
        ["value"] = new Dictionary<string, object?> { ["size"] = 2048.0, ["tags"] = new Dictionary<string, object?> { ["env"] = "prod" } },
        ["resourceType"] = "VOLUME",
        ["project"] = null,
    };

    [Theory]
    [InlineData("true", 10)]
    [InlineData("false", 0)]
    [InlineData("7.5", 7.5)]
    [InlineData("'3'", 3)]
    [InlineData("'dear'", 0)]
    [InlineData("account.name == 'ledger'", 10)]
    [InlineData("account.name === \"web\" || resourceType == 'VOLUME'", 10)]
    [InlineData("account.role.type != 'User' && true", 0)]
    [InlineData("value.size / 1024 * 3", 6)]
    [InlineData("2 + 3 * 4 - -1", 15)]
    [InlineData("(2 + 3) % 4", 1)]
    [InlineData("value.size >= 2048 ? 4 : 5", 4)]
    [InlineData("value.tags['env'] == 'prod'", 10)]
    [InlineData("value.tags.none == 'prod'", 0)]
    [InlineData("project.name == 'x'", 0)]
    [InlineData("!project", 10)]
    [InlineData("account.name.startsWith('led') && account.name.length == 6", 10)]
    [InlineData("if (account.name == 'web') { 1 } else if (value.size > 1000) { 2; } else { 3 }", 2)]
    [InlineData("if (false) { 1 }", 0)]
    [InlineData("1; 2; 3", 3)]
    [InlineData("1 / 0", 0)]
    [InlineData("'it\\'s' == \"it's\"", 10)]
    [InlineData("'b' > 'a'", 10)]
    public void Gives_the_value_that_the_rule_says(string rule, double value) =>
        Assert.Equal((decimal)value, ActivationRule.Read(rule, out _)!.ValueOf(Variables, 10));

    [Theory]
    [InlineData("if (account.name { 1 }")]
    [InlineData("account.name = 'x'")]
    [InlineData("'open")]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("while (true) { 1 }")]
    [InlineData("value.constructor('x')")]
    [InlineData("else")]
    [InlineData("a.")]
    [InlineData("#")]
    public void Tells_what_it_does_not_carry_out(string rule)
    {
        Assert.Null(ActivationRule.Read(rule, out var problem));
        Assert.StartsWith("The rule", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('(')]
    [InlineData('!')]
    [InlineData('-')]
    [InlineData('{')]
    [InlineData('1')]
    public void Bounds_how_long_and_deep_a_rule_is(char sign)
    {
        Assert.Null(ActivationRule.Read(new string(sign, 8_193), out _));
        Assert.True(sign == '1' || ActivationRule.Read(new string(sign, 8_000), out _) is null);
        Assert.Null(ActivationRule.Read("1" + string.Concat(Enumerable.Repeat("+1", 4_000)), out _));
    }
}
