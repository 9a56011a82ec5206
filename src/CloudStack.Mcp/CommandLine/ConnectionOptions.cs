using System.CommandLine;
using Cloud.Core.Errors;
using CloudStack.Mcp.Connections;

namespace CloudStack.Mcp.CommandLine;

/// <summary>The options by which every command is told which cloud to speak to.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<bool> _simulator = new("--simulator") { Description = "Use a simulated cloud in memory." };

    private readonly SeedOption _seed = new();

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "Use this profile; else CLOUDSTACK_API_URL, CLOUDSTACK_API_KEY and CLOUDSTACK_SECRET_KEY, else the default profile.",
        HelpName = "name",
    };

    private readonly Option<string?> _audit = new("--audit-log")
    {
        Description = $"Keep the audit trail in this file; else in the one that {AuditFile.Variable} names.",
        HelpName = "file",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Add(_simulator);
        _seed.AddTo(command);
        command.Add(_profile);
        command.Add(_audit);
    }

    /// <summary>Finds the settings that were given.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <exception cref="CloudException">No connection is set up, or its settings are wrong.</exception>
    public ConnectionSource Source(ParseResult result)
    {
        var simulator = result.GetValue(_simulator);
        return _seed.IsGiven(result) && !simulator
            ? throw new CloudException(ErrorCause.InvalidArgument, "--seed is given, but not --simulator.", "Only a simulated cloud has a size to choose.")
            : ConnectionSource.Find(simulator, result.GetValue(_profile), simulator ? _seed.Read(result) : 0);
    }

    /// <summary>Finds the audit trail's file.</summary>
    /// <param name="result">The parsed command line.</param>
    public string AuditPath(ParseResult result) => AuditFile.Path(result.GetValue(_audit));
}
