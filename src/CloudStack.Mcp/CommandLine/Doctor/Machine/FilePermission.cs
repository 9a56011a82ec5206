namespace CloudStack.Mcp.CommandLine.Doctor.Machine;

/// <summary>Who may read a file.</summary>
internal static class FilePermission
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>True where only the owner may read or write a file. On Windows the user's folder sees to that.</summary>
    /// <param name="path">The file.</param>
    public static bool IsOwnersAlone(string path) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Others) == 0;
}
