namespace CloudStack.PowerShell.Connections;

/// <summary>Where the audit trail of this user's sessions is kept.</summary>
internal static class AuditFile
{
    /// <summary>The environment variable that names another file.</summary>
    public const string Variable = "CLOUDSTACK_AUDIT_LOG";

    /// <summary>The file that is used unless a cmdlet names another.</summary>
    public static string DefaultPath =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? named
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                "CloudStack.PowerShell",
                "audit.jsonl");
}
