using Spectre.Console;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Standard output as people see it. In a pipe or file there are no colours and no line is broken.</summary>
internal static class Terminal
{
    private const int Unbroken = 2000;

    /// <summary>Opens standard output.</summary>
    public static IAnsiConsole Open()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = Unbroken;
        }

        return console;
    }
}
