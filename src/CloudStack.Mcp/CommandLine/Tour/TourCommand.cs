using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CloudStack.Mcp.CommandLine.Tour.Steps;

namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary><c>tour</c>: the product at work on a simulated cloud, each step checked.</summary>
internal static class TourCommand
{
    private const int WidestScreen = 100;
    private const int PlainWidth = 80;

    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(20);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var simulator = new Option<bool>("--simulator") { Description = "Use a simulated cloud, as the tour always does." };
        var command = new Command("tour", "Watch an assistant at work on a simulated cloud. Nothing real is touched.") { simulator };
        command.SetAction((_, cancellationToken) => CommandAction.RunAsync(json: false, () => RunAsync(cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // An interrupt waits for the action only once the action has handed over its task.
        await Task.Yield();
        var console = Terminal.Open();
        console.Profile.Width = Console.IsOutputRedirected ? PlainWidth : Math.Min(console.Profile.Width, WidestScreen);
        var screen = new TourScreen(console, TourStage.JobTime);
        var begun = Stopwatch.GetTimestamp();
        try
        {
            var count = await OnStageAsync(screen, cancellationToken);
            Summarize(screen, count, Stopwatch.GetElapsedTime(begun));
            return 0;
        }
        catch (TourMismatchException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return CommandAction.Failed;
        }
    }

    private static async Task<int> OnStageAsync(TourScreen screen, CancellationToken cancellationToken)
    {
        screen.Say("An assistant runs a cloud through the MCP server. Cloud and assistant are played, the rest is real.");
        await using var stage = await TourStage.SetAsync(cancellationToken);
        screen.Say($"The simulated cloud answers on {stage.Url}; the server is a process of its own.");
        var scene = new TourScene(new TourAssistant(stage.Client, screen), stage.Cloud, screen, stage.AuditPath);
        ITourStep[] steps =
        [
            new ToolsStep(scene), new SearchStep(scene), new ZonesStep(scene), new OfferingsStep(scene), new DeployStep(scene),
            new StopStep(scene), new SnapshotStep(scene), new RefusedDestructionStep(scene), new BadTokensStep(scene),
            new ConfirmedDestructionStep(scene), new AuditStep(scene), new MistakesStep(scene),
        ];
        try
        {
            await new TourRun(screen, LongestStep).RunAsync(steps, cancellationToken);
            return steps.Length;
        }
        catch (TourMismatchException error) when (stage.ServerLines is { Length: > 0 } lines)
        {
            throw new TourMismatchException($"{error.Message} The server wrote: {lines}");
        }
    }

    private static void Summarize(TourScreen screen, int steps, TimeSpan time)
    {
        screen.Say("");
        screen.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{steps} steps in {time.TotalSeconds:0.0} s, each as expected. Cloud, server and audit trail of the tour are gone again."));
        screen.Say("Next, in place of tour:");
        screen.Table(
            ["command", "what it does"],
            [
                ["call listZones --simulator", "calls one command"],
                ["tools --effect critical", "lists the most dangerous commands"],
                ["coverage", "shows what is built, counted"],
                ["doctor", "checks this machine and your connection"],
                ["serve --simulator", "serves an assistant of yours"],
            ]);
    }
}
