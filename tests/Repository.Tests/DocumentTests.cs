using System.Text.RegularExpressions;

namespace Repository.Tests;

/// <summary>What the documents name exists: cmdlets, API commands, and the command line's commands and options.</summary>
public sealed partial class DocumentTests
{
    private static readonly ProductNames Product = ProductNames.Read();

    private static IEnumerable<string> Pages => Checkout.Files("*.md")
        .Where(p => p.StartsWith("docs/", StringComparison.Ordinal) || p == "README.md")
        .Concat(Checkout.Files("about_*.help.txt"));

    [Fact]
    public void Every_cmdlet_that_is_named_exists() =>
        Assert.Empty(Named(Cmdlet(), name => Product.Cmdlets.ContainsKey(name)));

    [Fact]
    public void Every_api_command_that_is_named_exists() => Assert.Empty(Named(
        WordInBackticks(), word => !Product.Verbs.Contains(FirstWord().Match(word).Value) || Product.Commands.ContainsKey(word)));

    [Fact]
    public void Every_subcommand_and_option_that_is_shown_exists() => Assert.Empty(
        from page in Pages
        from Match use in ProgramCall().Matches(Unwrapped(page)).Concat(ClientArguments().Matches(Unwrapped(page)))
        let words = Word().Matches(use.Groups[1].Value).Select(m => m.Value.TrimEnd(',', '.', ';')).ToArray()
        from problem in Problems(words)
        select $"{page}: {use.Value.Trim()}: {problem}");

    [Fact]
    public void Every_option_in_backticks_exists() => Assert.Empty(
        from page in Pages.Where(p => !p.StartsWith("docs/clients/", StringComparison.Ordinal))
        from Match option in OptionInBackticks().Matches(Checkout.Read(page))
        let name = option.Groups[1].Value
        where !Product.Help.Values.Any(options => options.Contains(name)) && !Product.Commands.Values.Any(p => p.Contains(name[2..]))
        select $"{page}: {name}");

    private static IEnumerable<string> Problems(string[] words)
    {
        if (!Product.Help.TryGetValue(words[0], out var options))
        {
            yield return $"there is no subcommand {words[0]}";
            yield break;
        }

        var called = words[0] == "call" && words.Length > 1 ? words[1] : null;
        var parameters = called is null ? new HashSet<string>() : Product.FindParameters(called);
        if (parameters is null)
        {
            yield return $"there is nothing to call by the name {called}";
            yield break;
        }

        foreach (var option in words.Where(w => w.StartsWith("--", StringComparison.Ordinal)).Select(w => w.Split('=')[0]))
        {
            if (!options.Contains(option) && !parameters.Contains(option[2..]))
            {
                yield return $"there is no option {option}";
            }
        }
    }

    private static IEnumerable<string> Named(Regex form, Func<string, bool> exists) =>
        from page in Pages
        from Match match in form.Matches(Checkout.Read(page))
        where !exists(match.Groups[1].Value)
        select $"{page}: {match.Groups[1].Value}";

    // A call may go on in the next line after a backslash.
    private static string Unwrapped(string page) => Checkout.Read(page).Replace("\\\n", " ", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\w-])([A-Z][a-z]+-Cs[A-Z]\w+)")]
    private static partial Regex Cmdlet();

    [GeneratedRegex("`([a-z]+[A-Z][A-Za-z0-9]*)`")]
    private static partial Regex WordInBackticks();

    [GeneratedRegex("^[a-z]+")]
    private static partial Regex FirstWord();

    [GeneratedRegex("`(--[a-z][a-z-]*)")]
    private static partial Regex OptionInBackticks();

    // The program by its name or by its project, up to the end of the code it stands in.
    [GeneratedRegex(@"(?:cloudstack-mcp(?:\.exe)?|--project src/CloudStack\.Mcp --) ((?!.*NAME)[a-z]+(?: [^`|\n]*)?)(?=[`|\n])")]
    private static partial Regex ProgramCall();

    [GeneratedRegex(@"[""']?args[""']?(?::| =) \[([^\]]*)\]")]
    private static partial Regex ClientArguments();

    [GeneratedRegex(@"[A-Za-z0-9_=.-][^\s""',]*|--[a-z-]+")]
    private static partial Regex Word();
}
