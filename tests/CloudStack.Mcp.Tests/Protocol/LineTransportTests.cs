using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CloudStack.Mcp.Server.Protocol;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Protocol;

/// <summary>What happens at the edges of standard input: its end, and lines that are no messages.</summary>
public sealed class LineTransportTests : IAsyncDisposable
{
    private const string Call =
        """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"cloud_read","arguments":{"command":"listZones"}}}""";

    private readonly TestServer _server = new(options: new SimulatorOptions { JobDelay = TimeSpan.FromMilliseconds(300) });
    private readonly Pipe _input = new();
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0));

    [Fact]
    public async Task Answers_under_way_are_sent_before_the_server_ends_with_its_input()
    {
        var lines = await RunAsync(Initialize(), Call, """
            {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"cloud_change","arguments":{"command":"startVirtualMachine","arguments":{"id":"old-01"}}}}
            """.Trim());

        Assert.Equal(["1", "2", "3"], lines.Select(Id).Order());
        Assert.Contains(lines, line => Id(line) == "3" && line.Contains("startVirtualMachine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_sends_the_answers_under_way_and_ends()
    {
        await using var transport = new LineTransport(_input.Reader.AsStream(), _output.Writer.AsStream());
        using var reader = new StreamReader(_output.Reader.AsStream());
        var running = _server.Parts.ToMcp(null).RunAsync(transport, CancellationToken.None);
        await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(Initialize() + '\n'));
        await reader.ReadLineAsync();
        _server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.LateAnswer) { Duration = TimeSpan.FromMilliseconds(300) });
        await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(Call + '\n'));
        await Eventually.IsTrueAsync(() => _server.Cloud.Faults.Waiting.Count == 0);

        transport.Close();
        await running.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("2", Id((await reader.ReadLineAsync())!));
    }

    [Fact]
    public async Task A_question_that_nobody_is_left_to_answer_changes_nothing_and_ends()
    {
        var lines = await RunAsync(Initialize("""{"elicitation":{"form":{}}}"""), """
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"cloud_change","arguments":{"command":"stopVirtualMachine","arguments":{"id":"web-01"}}}}
            """.Trim());

        Assert.Contains("The client has gone", lines.Single(line => Id(line) == "2"), StringComparison.Ordinal);
        Assert.DoesNotContain("stopVirtualMachine", _server.Commands);
    }

    [Theory]
    [InlineData("no json", -32700, "")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{""", -32700, "7")]
    [InlineData("""{"jsonrpc":"2.0","id":"a\u0062","method":7}""", -32600, "ab")]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"method":"ping"}]""", -32600, "")]
    [InlineData("""{"id":9}""", -32600, "9")]
    [InlineData("null", -32600, "")]
    [InlineData("{} {}", -32700, "")]
    public async Task A_line_that_is_no_message_is_answered_with_an_error_and_the_next_is_served(string line, int code, string id)
    {
        var lines = await RunAsync(Initialize(), line, Call);

        Assert.Equal(3, lines.Count);
        var error = lines.Single(l => l.Contains("\"error\"", StringComparison.Ordinal));
        Assert.Equal((code, id), (JsonElement.Parse(error).GetProperty("error").GetProperty("code").GetInt32(), Id(error)));
        Assert.Contains(lines, l => Id(l) == "2");
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_answered_with_its_id_and_the_next_is_served()
    {
        var lines = await RunAsync(Initialize(), $$$"""{"jsonrpc":"2.0","id":5,"method":"{{{new string('x', 3 * LineTransport.LongestLine)}}}"}""", "", "  ", Call);

        Assert.Equal(["1", "2", "5"], lines.Select(Id).Order());
        Assert.Contains("longer than", lines.Single(line => Id(line) == "5"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nesting_without_end_is_an_error_and_no_more()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 100_000));

        var lines = await RunAsync(Initialize(), $$"""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{{deep}}""", Call);

        Assert.Equal(["1", "2", "5"], lines.Select(Id).Order());
    }

    [Fact]
    public async Task More_requests_than_may_be_under_way_are_refused_and_the_others_answered()
    {
        const int TooMany = LineTransport.MostUnderWay + 44;
        _server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.LateAnswer) { Duration = TimeSpan.FromSeconds(3), Times = int.MaxValue });
        var calls = Enumerable.Range(2, TooMany).Select(id => Call.Replace("\"id\":2", $"\"id\":{id}", StringComparison.Ordinal));

        var lines = await RunAsync(Initialize(), [.. calls]);

        Assert.Equal(Enumerable.Range(1, TooMany + 1), lines.Select(line => int.Parse(Id(line), CultureInfo.InvariantCulture)).Order());
        var refused = lines.Count(line => line.Contains("requests are under way", StringComparison.Ordinal));
        Assert.InRange(refused, 1, TooMany - LineTransport.MostUnderWay);
        Assert.Equal(TooMany - refused, lines.Count(line => line.Contains("structuredContent", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_client_that_gave_up_asking_for_the_newest_revision_begins_with_a_handshake()
    {
        const string Probe = """
            {"jsonrpc":"2.0","id":0,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
            "io.modelcontextprotocol/clientCapabilities":{}}}}
            """;

        var lines = await RunAsync(Probe.ReplaceLineEndings(""), Initialize(), Call);

        Assert.Contains("supportedVersions", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"protocolVersion\":\"2025-11-25\"", lines.Single(line => Id(line) == "1"), StringComparison.Ordinal);
        Assert.Contains("structuredContent", lines.Single(line => Id(line) == "2"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tools/list", "[1]")]
    [InlineData("tools/call", "7")]
    [InlineData("tools/call", """{"name":"\ud800"}""")]
    [InlineData("prompts/get", """{"name":{}}""")]
    [InlineData("resources/read", """{"uri":"a","uri":"b"}""")]
    public async Task Parameters_of_another_form_are_the_clients_error(string method, string members)
    {
        var lines = await RunAsync(Initialize(), $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":{{members}}}""", Call);

        var error = JsonElement.Parse(lines.Single(line => Id(line) == "7")).GetProperty("error");
        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"requestId":{}}""")]
    [InlineData("""{"requestId":"no such request"}""")]
    [InlineData("""{"requestId":1,"requestId":1}""")]
    [InlineData("""{"requestId":"\ud800"}""")]
    public async Task A_cancellation_of_nothing_is_passed_over(string members)
    {
        var lines = await RunAsync(Initialize(), $$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{{members}}}""", Call);

        Assert.Contains(lines, l => Id(l) == "2");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Initialize(string capabilities = "{}") =>
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":CAPABILITIES,"clientInfo":{"name":"raw","version":"1"}}}"""
            .Replace("CAPABILITIES", capabilities, StringComparison.Ordinal);

    private static string Id(string line)
    {
        var message = JsonElement.Parse(line);
        return message.TryGetProperty("method", out _) ? "asked" : message.GetProperty("id").ToString();
    }

    // Waits for the first answer, as clients do; writes the rest at once, ends the input, and reads to the end.
    private async Task<List<string>> RunAsync(string first, params string[] rest)
    {
        await using var transport = new LineTransport(_input.Reader.AsStream(), _output.Writer.AsStream());
        using var reader = new StreamReader(_output.Reader.AsStream());
        var running = _server.Parts.ToMcp(null).RunAsync(transport, CancellationToken.None);
        await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(first + '\n'));
        var greeted = (await reader.ReadLineAsync())!;
        await _input.Writer.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', rest)));
        await _input.Writer.CompleteAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30));
        await _output.Writer.CompleteAsync();
        return [greeted, .. (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
