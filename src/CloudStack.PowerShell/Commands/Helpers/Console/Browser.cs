using System.ComponentModel;
using System.Diagnostics;

namespace CloudStack.PowerShell.Commands.Helpers.Console;

/// <summary>Opens web addresses in the person's browser.</summary>
internal static class Browser
{
    /// <summary>True where somebody seems to sit before a screen.</summary>
    /// <param name="commandLine">The words that the process was started with.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static bool HasScreen(IEnumerable<string> commandLine, Func<string, string?> variable) =>
        Environment.UserInteractive
        && !commandLine.Any(word => word.TrimStart('-', '/').StartsWith("noni", StringComparison.OrdinalIgnoreCase))
        && (!OperatingSystem.IsLinux() || !string.IsNullOrEmpty(variable("DISPLAY")) || !string.IsNullOrEmpty(variable("WAYLAND_DISPLAY")));

    /// <summary>How a browser is started: the address is an argument of its own and begins with its scheme, so that nothing in it is run.</summary>
    /// <param name="url">An http or https address.</param>
    public static ProcessStartInfo Start(Uri url) =>
        OperatingSystem.IsWindows() ? new ProcessStartInfo(url.AbsoluteUri) { UseShellExecute = true }
        : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [url.AbsoluteUri])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    /// <summary>Opens an address.</summary>
    /// <param name="url">An http or https address.</param>
    /// <returns>False where there is no browser.</returns>
    public static bool TryOpen(Uri url)
    {
        try
        {
            using var started = Process.Start(Start(url));
            return true;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
