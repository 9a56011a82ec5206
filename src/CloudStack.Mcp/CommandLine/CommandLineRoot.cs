using System.CommandLine;
using CloudStack.Mcp.CommandLine.Clients;
using CloudStack.Mcp.CommandLine.Coverage;
using CloudStack.Mcp.CommandLine.Doctor;
using CloudStack.Mcp.CommandLine.Tour;

namespace CloudStack.Mcp.CommandLine;

/// <summary>The command line's root: every command registers here.</summary>
internal static class CommandLineRoot
{
    /// <summary>Makes the root with all commands; nothing is opened or read by this.</summary>
    public static RootCommand Create() => new("Apache CloudStack for AI assistants and shells.")
    {
        ServeCommand.Create(),
        CallCommand.Create(),
        ToolsCommand.Create(),
        ConfigCommand.Create(),
        KeyCommand.Create(),
        HealthCommand.Create(),
        SimulateCommand.Create(),
        TourCommand.Create(),
        CoverageCommand.Create(),
        DoctorCommand.Create(),
    };
}
