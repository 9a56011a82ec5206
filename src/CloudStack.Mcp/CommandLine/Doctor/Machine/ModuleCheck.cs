using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.CommandLine.Coverage;

namespace CloudStack.Mcp.CommandLine.Doctor.Machine;

/// <summary>The PowerShell module beside this program.</summary>
/// <param name="module">The module.</param>
internal sealed class ModuleCheck(BuiltModule module) : ICheck
{
    public string Name => "module";

    public Task<Finding> RunAsync(CancellationToken cancellationToken) => Task.FromResult(Run());

    private Finding Run()
    {
        if (!module.Exists)
        {
            return Finding.Warn(
                $"none at {module.Folder}", "Build or install the program again; the MCP server works without the module.");
        }

        try
        {
            var own = typeof(ModuleCheck).Assembly.GetName().Version!.ToString(3);
            return module.Version() switch
            {
                null => Finding.Warn($"{module.Manifest} names no version", "Build or install the program again."),
                var version when version != own => Finding.Warn(
                    $"version {version} at {module.Folder}, while this program is {own}", "Build or install the program again."),
                var version => Finding.Ok($"version {version} at {module.Folder}"),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Finding.Warn($"{module.Manifest} can't be read: {error.Message}", "Check the file's permissions.");
        }
    }
}
