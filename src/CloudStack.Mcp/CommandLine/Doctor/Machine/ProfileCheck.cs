using CloudStack.Client.Diagnosis;

namespace CloudStack.Mcp.CommandLine.Doctor.Machine;

/// <summary>The profile file: it may hold secrets, so only its owner may read it.</summary>
/// <param name="path">The file.</param>
internal sealed class ProfileCheck(string path) : ICheck
{
    public string Name => "profiles";

    public Task<Finding> RunAsync(CancellationToken cancellationToken) => Task.FromResult(Run());

    private Finding Run()
    {
        try
        {
            return !File.Exists(path) ? Finding.Ok("no profile file; it's needed for several clouds only")
                : FilePermission.IsOwnersAlone(path) ? Finding.Ok($"only its owner may read {path}")
                : Finding.Fail(
                    $"others may read {path}, so it isn't used",
                    $"Take their permission away: chmod 600 {path}; where it held secrets, make new keys.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail($"{path} can't be read: {error.Message}", "Check the permissions of the file and its folder.");
        }
    }
}
