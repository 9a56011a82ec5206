using CloudStack.Mcp.Tests.CommandLine;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Simulation;

/// <summary>What a state file is worth when the process dies.</summary>
public sealed class KilledSimulatorTests : IDisposable
{
    private const int AnsweredBeforeKill = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulator-killed-");

    private string StateFile => Path.Combine(_folder.FullName, "cloud.state");

    [LinuxFact]
    public async Task A_killed_process_loses_no_change_that_it_answered()
    {
        var answered = 0;
        using (var simulator = await RunningSimulator.StartAsync("--state", StateFile))
        {
            var killing = Task.CompletedTask;
            try
            {
                while (true)
                {
                    await simulator.SendAsync("createSSHKeyPair", ("name", $"key-{answered}"));
                    if (++answered == AnsweredBeforeKill)
                    {
                        // Beside the requests that go on, so that it comes in the middle of one.
                        killing = Task.Run(simulator.Kill);
                    }
                }
            }
            catch (Cloud.Core.Errors.CloudException)
            {
                await killing;
            }
        }

        using var again = await RunningSimulator.StartAsync("--state", StateFile);
        var kept = 0;
        while (kept < answered + 1 && (await again.SendAsync("listSSHKeyPairs", ("name", $"key-{kept}"))).Objects.Count == 1)
        {
            kept++;
        }

        // The one that was under way when the process died may be there or not.
        Assert.InRange(kept, answered, answered + 1);
        Assert.True(answered >= AnsweredBeforeKill);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StateFile));
        }
    }

    [Fact]
    public async Task A_damaged_file_is_one_clear_error_and_stays_as_it_is()
    {
        await File.WriteAllTextAsync(StateFile, "not ours\n");

        var run = await Shell.RunAsync(["simulate", "--http", "http://127.0.0.1:0", "--state", StateFile]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is damaged: line 1", run.Error, StringComparison.Ordinal);
        Assert.Equal("not ours\n", await File.ReadAllTextAsync(StateFile));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
