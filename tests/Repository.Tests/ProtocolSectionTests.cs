using System.Text.RegularExpressions;

namespace Repository.Tests;

/// <summary>Each section of the protocol note has tests that name it in their summary.</summary>
public sealed partial class ProtocolSectionTests
{
    private static readonly string[] Sections =
        ["1", "2.1", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4", "3.5", "4.1", "4.2", "4.3", "5.1", "5.2", "5.4", "6.1", "6.2", "6.3", "6.4", "7", "8", "9", "10"];

    [Fact]
    public void Each_section_of_the_protocol_note_is_named_by_tests()
    {
        var named = Checkout.Files("*.cs")
            .Where(path => path.StartsWith("tests/CloudStack.", StringComparison.Ordinal))
            .SelectMany(path => Note().Matches(Checkout.Read(path)))
            .SelectMany(match => Number().Matches(match.Value).Select(number => number.Value))
            .ToHashSet();

        Assert.Empty(Sections.Where(section => !named.Contains(section) && !named.Any(name => section.StartsWith(name + ".", StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"[Pp]rotocol note, sections? [^\n<]*")]
    private static partial Regex Note();

    [GeneratedRegex(@"\b\d+(\.\d+)?\b")]
    private static partial Regex Number();
}
