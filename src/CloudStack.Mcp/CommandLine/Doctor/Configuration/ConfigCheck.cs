using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.Operation.Configuration;

namespace CloudStack.Mcp.CommandLine.Doctor.Configuration;

/// <summary>The configuration file.</summary>
/// <param name="path">The file.</param>
internal sealed class ConfigCheck(string path) : ICheck
{
    public string Name => "config";

    /// <summary>What was read, or null.</summary>
    public ServeConfig? Config { get; private set; }

    public Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        Config = ConfigFile.Read(path);
        return Task.FromResult(Finding.Ok(
            $"{path}: {string.Join(", ", Config.Clouds.Select(cloud => cloud.Name))}; {(Config.Http is null ? "standard input and output" : "HTTP")}"));
    }
}
