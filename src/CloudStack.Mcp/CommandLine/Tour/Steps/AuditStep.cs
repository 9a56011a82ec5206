using System.Text.Json;
using Cloud.Core.Audit;

namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>The audit trail: every act of the tour, each line chained to the one before.</summary>
internal sealed class AuditStep(TourScene scene) : ITourStep
{
    // What ended in which way, in the order of the steps before.
    private static readonly (string Command, string Outcome)[] Expected =
    [
        ("cloud_search", "completed"),
        ("listZones", "completed"),
        ("listServiceOfferings", "completed"),
        ("listTemplates", "completed"),
        ("deployVirtualMachine", "completed"),
        ("stopVirtualMachine", "deferred"),
        ("stopVirtualMachine", "completed"),
        ("listVolumes", "completed"),
        ("createSnapshot", "completed"),
        ("destroyVirtualMachine", "deferred"),
        ("destroyVirtualMachine", "failed"),
        ("destroyVirtualMachine", "failed"),
        ("stopVirtualMachine", "failed"),
        ("destroyVirtualMachine", "completed"),
        ("listVirtualMachines", "completed"),
    ];

    public string Headline => "Read the audit trail";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var text = await File.ReadAllLinesAsync(scene.AuditPath, cancellationToken);
        var lines = text.Select(line => JsonElement.Parse(line)).ToList();
        scene.Screen.Table(lines, "seq", "phase", "command", "effect", "confirmation", "outcome");
        var ended = lines.Where(line => TourAnswer.Text(line, "phase") == "end").ToList();
        Expect.Same(
            "The acts in the audit trail",
            Expected.Select(act => $"{act.Command} {act.Outcome}"),
            ended.Select(line => $"{TourAnswer.Text(line, "command")} {TourAnswer.Text(line, "outcome")}"));
        Expect.Same("Who acted", ["mcp:tour"], lines.Select(line => TourAnswer.Text(line, "caller")).Distinct());

        var verification = AuditVerifier.Verify(scene.AuditPath);
        Expect.That(verification.IsUnbroken, "The chain", "unbroken", $"line {verification.BrokenLine}: {verification.Problem}");
        Expect.Equal("The lines verified", lines.Count, verification.Lines);
        var broken = await TamperAsync(text, cancellationToken);
        return $"{verification.Lines} lines, the chain unbroken; in a copy, one word changed on line {broken} is found out";
    }

    // A check that finds nothing proves little unless it's seen to find something.
    private async Task<int> TamperAsync(string[] lines, CancellationToken cancellationToken)
    {
        var at = Array.FindIndex(lines, line => line.Contains("\"deferred\"", StringComparison.Ordinal));
        var copy = scene.AuditPath + ".copy";
        await File.WriteAllLinesAsync(
            copy,
            lines.Select((line, i) => i == at ? line.Replace("\"deferred\"", "\"approved\"", StringComparison.Ordinal) : line),
            cancellationToken);
        Expect.Equal("The line found changed in a copy", at + 1L, AuditVerifier.Verify(copy).BrokenLine);
        return at + 1;
    }
}
