using Cloud.Core.Audit;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;

namespace Cloud.Core.Tests;

public sealed class AuditLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit").FullName;

    private string File => Path.Combine(_folder, "trail", "audit.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_trail_written_by_several_writers_at_once_is_unbroken()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            var log = new FileAuditLog(File);
            for (var i = 0; i < 25; i++)
            {
                await log.AppendAsync(Record($"w{writer}"), default);
            }
        }));

        var verified = AuditVerifier.Verify(File);

        Assert.Equal((100L, true), (verified.Lines, verified.IsUnbroken));
    }

    [Fact]
    public async Task The_file_is_readable_by_its_owner_only()
    {
        await new FileAuditLog(File).AppendAsync(Record("ann"), default);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Theory]
    [InlineData("change", 2, "its content doesn't match its hash")]
    [InlineData("delete", 2, "it doesn't follow from the line before")]
    [InlineData("swap", 2, "it doesn't follow from the line before")]
    [InlineData("insert", 3, "it doesn't follow from the line before")]
    [InlineData("cut", 4, "it isn't a whole audit line")]
    public async Task Tampering_is_found_at_its_line(string how, long line, string problem)
    {
        var log = new FileAuditLog(File);
        foreach (var caller in new[] { "ann", "bob", "cid", "dot" })
        {
            await log.AppendAsync(Record(caller), default);
        }

        var lines = System.IO.File.ReadAllLines(File).ToList();
        switch (how)
        {
            case "change":
                lines[1] = lines[1].Replace("bob", "eve", StringComparison.Ordinal);
                break;
            case "delete":
                lines.RemoveAt(1);
                break;
            case "swap":
                (lines[1], lines[2]) = (lines[2], lines[1]);
                break;
            case "insert":
                lines.Insert(2, lines[1]);
                break;
            default:
                lines[3] = lines[3][..^5];
                break;
        }

        System.IO.File.WriteAllLines(File, lines);

        var verified = AuditVerifier.Verify(File);
        Assert.Equal((line, problem), (verified.BrokenLine, verified.Problem));
    }

    [Fact]
    public async Task A_broken_last_line_stops_the_writing()
    {
        var log = new FileAuditLog(File);
        await log.AppendAsync(Record("ann"), default);
        await System.IO.File.AppendAllTextAsync(File, "{\"half\":");

        var error = await Assert.ThrowsAsync<CloudException>(async () => await log.AppendAsync(Record("bob"), default));

        Assert.Equal(ErrorCause.Local, error.Cause);
    }

    [Fact]
    public async Task Writers_text_can_not_forge_a_line()
    {
        var log = new FileAuditLog(File);
        await log.AppendAsync(Record("eve\n{\"seq\":2}\",\"hash\":\"0"), default);
        await log.AppendAsync(Record("ann"), default);

        Assert.Equal((2L, true), (AuditVerifier.Verify(File).Lines, AuditVerifier.Verify(File).IsUnbroken));
    }

    private static AuditRecord Record(string caller) => new()
    {
        Time = DateTimeOffset.UnixEpoch,
        Phase = AuditPhase.End,
        Operation = "o",
        Caller = caller,
        Profile = "",
        Server = "harbour.example",
        Command = "sinkBoat",
        Effect = Effect.Destroy,
        Arguments = new Dictionary<string, object> { ["id"] = "x" },
        Confirmation = "approved",
        Outcome = "completed",
        DurationMs = 1,
    };
}
