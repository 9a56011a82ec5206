namespace CloudStack.Mcp.Connections;

/// <summary>Where the audit trail is kept; the same file as the PowerShell module's.</summary>
internal static class AuditFile
{
    /// <summary>The environment variable that names another file.</summary>
    public const string Variable = "CLOUDSTACK_AUDIT_LOG";

    /// <summary>Finds the file.</summary>
    /// <param name="named">The file named on the command line, or null.</param>
    public static string Path(string? named)
    {
        if (named is not null)
        {
            return named;
        }

        return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable
            ? variable
            : System.IO.Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                ConnectionSource.ProductFolder,
                "audit.jsonl");
    }
}
