namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>How this very program is started once more.</summary>
/// <param name="Command">The executable.</param>
/// <param name="Arguments">What comes before the program's own arguments.</param>
internal sealed record OwnProgram(string Command, IReadOnlyList<string> Arguments)
{
    /// <summary>Finds it: an executable of its own, or an assembly that <c>dotnet</c> runs.</summary>
    public static OwnProgram Find() =>
        For(Environment.ProcessPath, Path.Combine(AppContext.BaseDirectory, typeof(OwnProgram).Assembly.GetName().Name + ".dll"));

    /// <summary>Finds it.</summary>
    /// <param name="process">The running executable, or null where it can't be told.</param>
    /// <param name="assembly">Where the program's assembly is; there is none in a single file.</param>
    public static OwnProgram For(string? process, string assembly)
    {
        var isHost = process is null || Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost ? new OwnProgram(process ?? "dotnet", [assembly]) : new OwnProgram(process!, []);
    }
}
