using System.Globalization;
using Cloud.Core.Audit;
using CloudStack.Client.Diagnosis;

namespace CloudStack.Mcp.CommandLine.Doctor.Machine;

/// <summary>The audit trail: its file can be written, and no line of it was tampered with.</summary>
/// <param name="path">The file.</param>
internal sealed class AuditCheck(string path) : ICheck
{
    public string Name => "audit";

    public Task<Finding> RunAsync(CancellationToken cancellationToken) => Task.FromResult(File.Exists(path) ? CheckFile() : CheckFolder());

    private Finding CheckFile()
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return NotWritable(error);
        }

        var verification = AuditVerifier.Verify(path);
        if (!verification.IsUnbroken)
        {
            return Finding.Fail(
                string.Create(CultureInfo.InvariantCulture, $"{path} is broken at line {verification.BrokenLine}: {verification.Problem}"),
                "Find out who wrote to it, keep it as it is, and move it away so that a new trail begins.");
        }

        var lines = string.Create(CultureInfo.InvariantCulture, $"{path}: {verification.Lines} lines, the chain unbroken");
        return FilePermission.IsOwnersAlone(path)
            ? Finding.Ok(lines)
            : Finding.Warn($"{lines}, but others may read it", $"Take their permission away: chmod 600 {path}");
    }

    private Finding CheckFolder()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        while (folder is not null && !Path.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        try
        {
            // Where a file stands in the folder's place, this fails as the audit trail itself would.
            using var probe = new FileStream(
                Path.Combine(folder ?? "", Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return Finding.Ok($"{path} isn't there yet and can be made");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return NotWritable(error);
        }
    }

    private Finding NotWritable(Exception error) => Finding.Fail(
        $"{path} can't be written: {error.Message}",
        "Make it writable, or name another file with --audit-log; no change is sent without its audit line.");
}
