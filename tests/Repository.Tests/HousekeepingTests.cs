using System.Text.RegularExpressions;

namespace Repository.Tests;

/// <summary>Rules every file of the checkout keeps.</summary>
public sealed partial class HousekeepingTests
{
    private const int LongestSourceFile = 400;

    [Fact]
    public void A_source_file_is_one_idea_and_not_long() => Assert.DoesNotContain(
        Checkout.Files("*.cs"), p => Checkout.Read(p).Split('\n').Length > LongestSourceFile);

    [Fact]
    public void Nothing_unfinished_is_left_in_the_code() => Assert.DoesNotContain(
        Checkout.Files("*.cs").Concat(Checkout.Files("*.ps*1")),
        p => Path.GetFileName(p) != "HousekeepingTests.cs" && Unfinished().IsMatch(Checkout.Read(p)));

    [Fact]
    public void The_readme_leads_with_the_two_commands()
    {
        var readme = Checkout.Read("README.md");

        Assert.InRange(readme.IndexOf("dotnet run --project src/CloudStack.Mcp -- tour", StringComparison.Ordinal), 0, 3000);
        Assert.InRange(readme.IndexOf("dotnet test", StringComparison.Ordinal), 0, 3000);
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var broken = Checkout.Files("*.md").SelectMany(page => Link().Matches(Checkout.Read(page))
            .Select(m => m.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => Path.Combine(Path.GetDirectoryName(page)!, target.Split('#')[0]))
            .Where(target => !Path.Exists(Path.Combine(Checkout.Root, target)))
            .Select(target => $"{page} → {target}"));

        Assert.Empty(broken);
    }

    [GeneratedRegex(@"throw new NotImplementedException|^\s*(//|#).*\b(TODO|FIXME)\b|Assert\.True\(true\);", RegexOptions.Multiline)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
