using System.Globalization;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>A part of a rule: its value, where the named variables have theirs.</summary>
internal delegate object? RulePart(IReadOnlyDictionary<string, object?> variables);

/// <summary>
/// When a tariff counts, and how much it is then: a piece of JavaScript on the real server. Here it's what rules are mostly
/// made of: expressions of variables, numbers and texts, and <c>if</c> with <c>else</c>. Nothing else is carried out.
/// </summary>
internal sealed class ActivationRule
{
    private readonly RulePart _whole;

    private ActivationRule(RulePart whole) => _whole = whole;

    /// <summary>Reads a rule.</summary>
    /// <param name="text">The rule.</param>
    /// <param name="problem">What is wrong with it, where it can't be read.</param>
    /// <returns>The rule, or null.</returns>
    public static ActivationRule? Read(string text, out string problem)
    {
        try
        {
            problem = "";
            return new ActivationRule(new ActivationRuleParser(text).Whole());
        }
        catch (FormatException error)
        {
            problem = error.Message;
            return null;
        }
    }

    /// <summary>What a tariff's unit costs: its own value where the rule says true, nothing where it says false, or the rule's number.</summary>
    public decimal ValueOf(IReadOnlyDictionary<string, object?> variables, decimal tariffValue) => _whole(variables) switch
    {
        true => tariffValue,
        double number when double.IsFinite(number) && Math.Abs(number) < 1e12 => (decimal)number,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e12m => number,
        _ => 0,
    };
}
