using System.Diagnostics;
using Cloud.Core.Audit;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.CommandLine;

/// <summary>An audit trail on a disk that was full for a while.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudstack-full-");

    private string Trail => Path.Combine(_folder.FullName, "audit.jsonl");

    [LinuxFact]
    public async Task A_line_that_a_full_disk_took_half_of_keeps_no_later_one_out()
    {
        await CallAsync();
        var before = await File.ReadAllTextAsync(Trail);

        // A limit to the size of files stands for the end of the disk: a part of the next line fits.
        await CallAsync(before.Length + 100);
        var whileFull = await File.ReadAllTextAsync(Trail);
        await CallAsync();

        Assert.Equal(before, whileFull);
        var verified = AuditVerifier.Verify(Trail);
        Assert.True(verified.IsUnbroken, verified.Problem);
        Assert.Equal(2, verified.Lines);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task CallAsync(int? mostBytes = null)
    {
        var limit = mostBytes is null ? "exec" : $"trap '' XFSZ; exec prlimit --fsize={mostBytes}";
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", limit + " dotnet \"$@\"", "sh", Shell.Path, "call", "listZones", "--simulator", "--audit-log", Trail])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The runtime maps its code by a large file, unless it's told not to.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(File.Exists(Trail), await error);
    }
}
