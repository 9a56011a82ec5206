using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>Each section of the protocol note that says something of the server is marked on tests that show it.</summary>
public sealed class SectionTests
{
    [Fact]
    public void Every_section_has_tests_that_are_marked_with_it()
    {
        var marked = ProtocolSections.MarkedIn(typeof(SectionTests).Assembly);

        Assert.All(ProtocolSections.Of("simulator"), section => Assert.True(marked.Contains(section.Key), $"No test is marked with {section.Key}, {section.Value}."));
        Assert.Empty(marked.Except(ProtocolSections.Numbers));
    }

    [Fact]
    public void The_sections_go_from_one_to_eleven_without_a_gap() => Assert.Equal(
        Enumerable.Range(1, 11).Select(number => $"{number}"),
        ProtocolSections.Numbers.Select(number => number.Split('.')[0]).Distinct());
}
