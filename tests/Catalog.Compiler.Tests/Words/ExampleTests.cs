namespace Catalog.Compiler.Tests.Words;

/// <summary>Whoever copies an example gets no binding error.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string, string> Broken => new()
    {
        { "Stop-CsVirtualMachine", "-Id is missing" },
        { "Stop-CsVirtualMachine -Id web-01 -Forced", "-Forced has no value" },
        { "Stop-CsVirtualMachine -Id web-01 -Forced true", "'true' doesn't go to -Forced, which is bool" },
        { "Stop-CsVirtualMachine -Id web-01 -Hard $true", "Stop-CsVirtualMachine takes no Hard" },
        { "Stop-CsVirtualMachine web-01 web-02", "Stop-CsVirtualMachine takes no web-02" },
        { "Stop-CsVirtualMachine web-01 -Id web-02", "-Id stands twice" },
        { "Stop-CsVirtualMachine -Id (Get-CsVirtualMachine", "')' is missing" },
        { "Halt-CsVirtualMachine web-01", "Halt-CsVirtualMachine is no cmdlet to be used here" },
        { "Get-CsZone | Format-Table Name,Colour", "Zone has no Colour" },
        { "Get-CsZone | Where-Object { $_.Colour }", "Zone has no Colour" },
        { "Get-CsZone -First 10 -NoWait", "Get-CsZone takes no NoWait" },
        { "New-CsTag -ResourceType UserVm -ResourceIds web-01 -Tags env=prod", "'env=prod' doesn't go to -Tags, which is Hashtable" },
        { "Invoke-CsApi listStars", "Invoke-CsApi calls no command listStars" },
        { "Invoke-CsApi listZones @{ colour = 'blue' }", "listZones takes no colour" },
        { "Invoke-CsApi stopVirtualMachine @{ forced = 'true' }", "id of stopVirtualMachine is missing" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_would_not_bind_is_found(string line, string problem) => Assert.Equal([problem], ExampleBinding.Problems(line));

    [Theory]
    [InlineData("Stop-CsVirtualMachine web-01")]
    [InlineData("Stop-CsVirtualMachine -Id 'web 01' -Forced $false -NoWait -Confirm:$false")]
    [InlineData("Get-CsVirtualMachine -State Stopped | Start-CsVirtualMachine")]
    [InlineData("Invoke-CsApi -Command listZones -Arguments @{ available = 'true' }")]
    public void What_binds_is_let_through(string line) => Assert.Empty(ExampleBinding.Problems(line));

    [Fact]
    public void Every_example_binds_to_its_cmdlet() => Assert.Empty(Examples()
        .SelectMany(e => ExampleBinding.Problems(e.Code).Select(problem => $"{e.Command}: {e.Code}: {problem}")));

    [Fact]
    public void Every_command_has_an_example_that_calls_it() => Assert.All(CloudStackData.Catalog.Commands, command =>
    {
        var call = command.Cmdlet ?? "Invoke-CsApi " + command.Name;

        Assert.Contains(
            CloudStackData.Catalog.Words.Of(command.Name).Examples,
            example => example.Code.Split(' ').Contains(call) || example.Code.StartsWith(call, StringComparison.Ordinal));
    });

    [Fact]
    public void Titles_say_what_is_done_and_no_two_examples_of_a_command_are_alike() => Assert.All(CloudStackData.Catalog.Commands, command =>
    {
        var examples = CloudStackData.Catalog.Words.Of(command.Name).Examples;

        Assert.All(examples, e => Assert.Matches("^[A-Z].{4,78}[^.]$", e.Title));
        Assert.Distinct(examples.Select(e => e.Title));
        Assert.Distinct(examples.Select(e => e.Code));
    });

    private static IEnumerable<(string Command, string Code)> Examples() => CloudStackData.Catalog.Commands
        .SelectMany(command => CloudStackData.Catalog.Words.Of(command.Name).Examples.Select(e => (command.Name, e.Code)));
}
