using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.Server.Results;
using Spectre.Console;

namespace CloudStack.Mcp.CommandLine.Doctor;

/// <summary>Shows findings to people as they come.</summary>
/// <param name="console">Where.</param>
internal sealed class DoctorScreen(IAnsiConsole console)
{
    private const int LongestText = 500;

    /// <summary>Shows a finding.</summary>
    /// <param name="check">What was checked.</param>
    /// <param name="finding">What was found.</param>
    public void Show(string check, Finding finding)
    {
        var table = new Table().NoBorder().HideHeaders()
            .AddColumn(new TableColumn("").Width(7))
            .AddColumn(new TableColumn("").Width(10))
            .AddColumn("");
        var word = new Text(finding.Verdict.ToString().ToLowerInvariant(), new Style(Colour(finding.Verdict)));
        table.AddRow(word, new Text(check), new Text(CleanText.Line(finding.Detail, LongestText)));
        if (finding.Next.Length > 0)
        {
            table.AddRow(new Text(""), new Text(""), new Text($"Next: {CleanText.Line(finding.Next, LongestText)}"));
        }

        console.Write(table);
    }

    /// <summary>Shows what it all came to.</summary>
    /// <param name="examination">The examination.</param>
    public void Summarize(Examination examination)
    {
        console.WriteLine();
        console.WriteLine(string.Join(", ", Enum.GetValues<Verdict>()
            .Where(verdict => examination.Count(verdict) > 0)
            .Select(verdict => $"{examination.Count(verdict)} {verdict.ToString().ToLowerInvariant()}")));
    }

    private static Color Colour(Verdict verdict) => verdict switch
    {
        Verdict.Ok => Color.Green,
        Verdict.Warn => Color.Yellow,
        Verdict.Fail => Color.Red,
        _ => Color.Grey,
    };
}
