using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Client.Tests.Wire;

/// <summary>Each section of the protocol note that says something to a client is marked on tests that show it.</summary>
public sealed class SectionTests
{
    [Fact]
    public void Every_section_has_tests_that_are_marked_with_it()
    {
        var marked = ProtocolSections.MarkedIn(typeof(SectionTests).Assembly);

        Assert.All(ProtocolSections.Of("client"), section => Assert.True(marked.Contains(section.Key), $"No test is marked with {section.Key}, {section.Value}."));
        Assert.Empty(marked.Except(ProtocolSections.Numbers));
    }
}
