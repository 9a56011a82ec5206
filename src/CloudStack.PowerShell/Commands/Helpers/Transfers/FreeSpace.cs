namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>How much room a folder's disk has.</summary>
internal static class FreeSpace
{
    // What a system needs to go on working.
    private const long Reserve = 64 << 20;

    /// <summary>Gives the bytes that may be written; as many as one likes where the system doesn't tell.</summary>
    /// <param name="folder">The folder.</param>
    public static long Of(string folder)
    {
        try
        {
            var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder);
            return Math.Max(0, drive.AvailableFreeSpace - Reserve);
        }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }
}
