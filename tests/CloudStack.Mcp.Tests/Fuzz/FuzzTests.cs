using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Fuzz;

/// <summary>10,000 messages that are nearly right, 5,000 over each transport, to the program as a shell starts it.</summary>
public sealed class FuzzTests
{
    private const int Messages = 5000;
    private const int Seed = 20260728;
    private const long MostMemory = 400L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task No_line_ends_the_program_and_everything_it_answers_is_a_message()
    {
        using var program = Shell.Start(["serve", "--simulator", "--log-level", "None", "--audit-log", Audit()]);
        _ = program.StandardError.ReadToEndAsync();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wrong = new List<string>();
        var reading = Task.Run(async () =>
        {
            while (await program.StandardOutput.ReadLineAsync() is { } line)
            {
                if (!line.Contains("\"jsonrpc\":\"2.0\"", StringComparison.Ordinal) || !IsJson(line))
                {
                    wrong.Add(line);
                }
                else if (line.Contains("\"id\":\"last\"", StringComparison.Ordinal))
                {
                    last.TrySetResult();
                }
            }
        });
        var fuzzer = new MessageFuzzer(Seed);
        var input = program.StandardInput.BaseStream;
        for (var i = 0; i < Messages; i++)
        {
            await input.WriteAsync((byte[])[.. fuzzer.Next(), (byte)'\n']);
        }

        await input.WriteAsync("""{"jsonrpc":"2.0","id":"last","method":"tools/list"}"""u8.ToArray().Append((byte)'\n').ToArray());
        await input.FlushAsync();

        await last.Task.WaitAsync(Patience);
        Assert.False(program.HasExited);
        AssertMemory(program);
        program.Kill();
        await reading;
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task No_request_ends_the_program_and_none_is_answered_with_a_failure_of_the_server()
    {
        await using var program = await ServedProgram.StartAsync("--log-level", "None", "--audit-log", Audit());
        using var http = new HttpClient { Timeout = Patience };
        var session = await BeginAsync(http, program.Url);
        var fuzzer = new MessageFuzzer(Seed + 1);
        var messages = Enumerable.Range(0, Messages).Select(i => (Index: i, Body: fuzzer.Next())).ToList();
        var failures = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (message, cancellationToken) =>
        {
            using var request = Post(program.Url, message.Body);
            Dress(request, message.Index, session, message.Body);
            try
            {
                // The messages of one session use the same few ids at once and cancel each other: also such a request must end.
                using var answer = await http.SendAsync(request, cancellationToken);
                await answer.Content.ReadAsByteArrayAsync(cancellationToken);
                if ((int)answer.StatusCode >= 500)
                {
                    failures.Add(Encoding.UTF8.GetString(message.Body));
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add("Without an end: " + Encoding.UTF8.GetString(message.Body));
            }
        });

        Assert.Empty(failures);
        Assert.False(program.Process.HasExited);
        AssertMemory(program.Process);
        Assert.NotEqual("", await BeginAsync(http, program.Url));
    }

    private static void Dress(HttpRequestMessage request, int index, string session, byte[] body)
    {
        switch (index % 4)
        {
            case 0 or 1:
                request.Headers.Add("Mcp-Session-Id", session);
                break;
            case 2:
                request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
                request.Headers.Add("Mcp-Method", "tools/call");
                request.Headers.Add("Mcp-Name", "cloud_read");
                break;
            default:
                request.Headers.TryAddWithoutValidation("Mcp-Session-Id", Convert.ToBase64String(body.Take(20).ToArray()));
                request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", $"2025-{index % 100}");
                break;
        }
    }

    private static async Task<string> BeginAsync(HttpClient http, Uri url)
    {
        using var answer = await http.SendAsync(Post(url, Encoding.UTF8.GetBytes(Http.HttpServer.Initialize)));
        return answer.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private static HttpRequestMessage Post(Uri url, byte[] body) => new(HttpMethod.Post, url)
    {
        Headers = { { "Accept", "application/json, text/event-stream" } },
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };

    private static void AssertMemory(System.Diagnostics.Process program)
    {
        program.Refresh();
        Assert.InRange(program.WorkingSet64, 0, MostMemory);
    }

    private static bool IsJson(string line)
    {
        try
        {
            return JsonElement.Parse(line).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Audit() => Path.Combine(AppContext.BaseDirectory, $"{Guid.NewGuid():N}.jsonl");
}
