using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>
/// Draws arguments. A wish is a class, of which any object will do; <c>Class?field=a|b</c>, <c>Class?field</c> and
/// <c>Class?!field</c>, which mostly give an object whose field is so, is set, isn't set; <c>&lt;argument.field</c>, what the
/// object of an earlier argument has in a field; <c>&gt;Class.field=argument.field</c>, an object with the same in its field;
/// <c>=text</c>, the text; <c>*text</c>, the text with a number of its own. An argument named <c>_x</c> isn't sent: others draw on it.
/// </summary>
internal sealed class Draws(CloudStore store, Random random)
{
    private const string Nobody = "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11";

    // So many of ten draws give what fits; the others are what refusals are for.
    private const int Fitting = 8;

    private const char Unsent = '_';

    private int _number;

    public (string Name, string Value)[] Of((string Name, string Wish)[] wishes)
    {
        var drawn = new List<(string Name, string Value)>();
        foreach (var (name, wish) in wishes)
        {
            drawn.Add((name, wish[0] switch
            {
                '=' => wish[1..],
                '*' => FormattableString.Invariant($"{wish[1..]}{++_number}"),
                '<' => Related(drawn, wish[1..]),
                '>' => Relating(drawn, wish[1..]),
                _ => Any(wish),
            }));
        }

        return [.. drawn.Where(argument => argument.Name[0] != Unsent)];
    }

    private string Related(List<(string Name, string Value)> drawn, string wish)
    {
        var (argument, field) = Split(wish, '.');
        return store.Find(drawn.Find(d => d.Name == argument).Value)?.Text(field) ?? Nobody;
    }

    private string Relating(List<(string Name, string Value)> drawn, string wish)
    {
        var (place, related) = Split(wish, '=');
        var (className, field) = Split(place, '.');
        var value = Related(drawn, related);
        return store.Table(className).FirstOrDefault(entity => entity.Text(field) == value)?.Id ?? Nobody;
    }

    private string Any(string wish)
    {
        var (className, rule) = Split(wish, '?');
        var table = store.Table(className);
        var fitting = rule.Length > 0 && random.Next(10) < Fitting ? table.Where(entity => Fits(entity, rule)).ToList() : [];
        return fitting.Count > 0 ? fitting[random.Next(fitting.Count)].Id
            : table.Count > 0 ? table.ElementAt(random.Next(table.Count)).Id : Nobody;
    }

    private static bool Fits(Entity entity, string rule)
    {
        var (field, values) = Split(rule, '=');
        return field.StartsWith('!') ? entity.Text(field[1..]) is null
            : values.Length == 0 ? entity.Text(field) is not null : values.Split('|').Contains(entity.Text(field));
    }

    private static (string Left, string Right) Split(string text, char mark) =>
        text.Split(mark, 2) is [var left, var right] ? (left, right) : (text, "");
}
