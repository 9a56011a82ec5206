using System.CommandLine;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.CommandLine.Coverage;

/// <summary><c>coverage</c>: what is built, counted. It needs no connection.</summary>
internal static class CoverageCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write a JSON object." };
        var markdown = new Option<bool>("--markdown") { Description = "Write the page docs/coverage.md." };
        var command = new Command("coverage", "Count what is built: commands, cmdlets, tools, words, simulator.") { json, markdown };
        command.SetAction((result, _) => CommandAction.RunAsync(result.GetValue(json), () =>
        {
            if (result.GetValue(json) && result.GetValue(markdown))
            {
                throw new CloudException(ErrorCause.InvalidArgument, "Both --json and --markdown are given.", "Give one of them.");
            }

            var report = CoverageReport.Compute(BuiltModule.Beside);
            if (result.GetValue(json))
            {
                JsonOutput.Write(w => CoverageJson.Write(report, w), indented: false);
            }
            else if (result.GetValue(markdown))
            {
                Console.Out.Write(CoverageMarkdown.Write(report));
            }
            else
            {
                new CoverageTables(Terminal.Open()).Write(report);
            }

            return Task.FromResult(0);
        }));
        return command;
    }
}
