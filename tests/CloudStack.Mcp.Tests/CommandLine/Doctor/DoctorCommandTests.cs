using System.Text.Json;
using CloudStack.Client;

namespace CloudStack.Mcp.Tests.CommandLine.Doctor;

/// <summary>The doctor as a person or script calls it.</summary>
public sealed class DoctorCommandTests
{
    private const string Secret = "a-secret-that-nobody-may-see";

    [Fact]
    public async Task Without_a_connection_it_checks_the_machine_and_succeeds()
    {
        using var run = new ProgramRun();

        var (exit, checks) = await ExamineAsync(run);

        Assert.Equal(0, exit);
        Assert.Equal(["runtime", "module", "powershell", "audit", "profiles", "connection"], checks.Keys);
        Assert.Equal("warn", checks["connection"].GetProperty("status").GetString());
        Assert.Contains("--simulator", checks["connection"].GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(run.Config));
    }

    [Fact]
    public async Task On_the_simulator_it_checks_what_a_cloud_says()
    {
        using var run = new ProgramRun();

        var (exit, checks) = await ExamineAsync(run, "--simulator");

        Assert.Equal(0, exit);
        Assert.All((string[])["signature", "caller", "version", "commands", "jobs"], check => Assert.Equal("ok", checks[check].GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_check_that_fails_fails_the_command_and_no_secret_is_shown()
    {
        using var run = new ProgramRun();
        run.Environment[CloudStackConnection.UrlVariable] = "https://cloud.invalid";
        run.Environment[CloudStackConnection.ApiKeyVariable] = "an-api-key";
        run.Environment[CloudStackConnection.SecretKeyVariable] = Secret;

        var (exit, checks) = await ExamineAsync(run);

        Assert.Equal(1, exit);
        Assert.Equal("fail", JsonElement.Parse(run.Output).GetProperty("status").GetString());
        Assert.Equal("fail", checks["dns"].GetProperty("status").GetString());
        Assert.DoesNotContain(Secret, run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("an-api-key", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://cloud.example", null, "CLOUDSTACK_API_KEY")]
    [InlineData("cloud.example", "key", "http or https")]
    [InlineData("https://user:pass@cloud.example", "key", "user name or password")]
    public async Task Settings_that_cannot_be_used_fail_with_their_reason(string url, string? key, string part)
    {
        using var run = new ProgramRun();
        run.Environment[CloudStackConnection.UrlVariable] = url;
        run.Environment[CloudStackConnection.ApiKeyVariable] = key;
        run.Environment[CloudStackConnection.SecretKeyVariable] = Secret;

        var (exit, checks) = await ExamineAsync(run);

        Assert.Equal(1, exit);
        Assert.Equal("fail", checks["connection"].GetProperty("status").GetString());
        Assert.Contains(part, checks["connection"].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("pass@", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_get_a_line_a_check_and_a_sum()
    {
        using var run = new ProgramRun();

        var exit = await run.RunAsync("doctor", "--simulator");

        Assert.Equal(0, exit);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Matches(@"(?m)^ok +signature +the server accepts", run.Output);
        Assert.Matches(@"\d+ ok", run.Output);
    }

    private static async Task<(int Exit, Dictionary<string, JsonElement> Checks)> ExamineAsync(ProgramRun run, params string[] arguments)
    {
        var exit = await run.RunAsync(["doctor", "--json", .. arguments]);
        Assert.Equal("", run.Error);
        var checks = JsonElement.Parse(run.Output).GetProperty("checks").EnumerateArray();
        return (exit, checks.ToDictionary(check => check.GetProperty("check").GetString()!));
    }
}
