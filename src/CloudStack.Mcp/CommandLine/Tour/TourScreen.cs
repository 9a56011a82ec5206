using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelContextProtocol;
using Spectre.Console;

namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>What people see of the tour. Without a terminal it's plain text, line by line.</summary>
/// <param name="console">Where it's shown.</param>
/// <param name="jobTime">How long a job takes: the whole of its progress bar.</param>
internal sealed partial class TourScreen(IAnsiConsole console, TimeSpan jobTime)
{
    private const int LongestToken = 12;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Tool = new(Color.DarkCyan, decoration: Decoration.Bold);
    private static readonly Style Good = new(Color.Green);

    private bool IsLive => console.Profile.Capabilities is { Interactive: true, Ansi: true };

    /// <summary>Shows a line of text.</summary>
    /// <param name="text">The text.</param>
    public void Say(string text) => Write(new Text(text));

    /// <summary>Begins a step.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="headline">Its headline.</param>
    public void Headline(int number, string headline)
    {
        console.WriteLine();
        console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"{number,2}  {headline}"), Bold));
        console.WriteLine();
    }

    /// <summary>Shows a call as the assistant makes it.</summary>
    /// <param name="tool">The tool or method.</param>
    /// <param name="arguments">Its arguments, or null.</param>
    public void Call(string tool, JsonObject? arguments)
    {
        var line = new Paragraph(tool, Tool);
        if (arguments is not null)
        {
            line.Append(" " + Shown(arguments), Faint);
        }

        Write(line);
    }

    /// <summary>Shows objects, a line each.</summary>
    /// <param name="columns">The headings.</param>
    /// <param name="rows">The cells.</param>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderStyle(Faint);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, Bold)));
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        Write(table);
    }

    /// <summary>Shows objects of an answer, a line each.</summary>
    /// <param name="rows">The objects.</param>
    /// <param name="columns">The fields to show.</param>
    public void Table(IEnumerable<JsonElement> rows, params string[] columns) =>
        Table(columns, rows.Select(row => columns.Select(column => TourAnswer.Text(row, column)).ToArray()));

    /// <summary>Shows facts, a line each.</summary>
    /// <param name="facts">Names and values; those without a value are left out.</param>
    public void Facts(params (string Name, string Value)[] facts)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderStyle(Faint).HideHeaders().AddColumn("").AddColumn("");
        foreach (var (name, value) in facts.Where(fact => fact.Value.Length > 0))
        {
            table.AddRow(new Text(name, Bold), new Text(value));
        }

        Write(table);
    }

    /// <summary>Ends a step.</summary>
    /// <param name="sentence">What was found to be true.</param>
    /// <param name="time">How long it took.</param>
    public void Checked(string sentence, TimeSpan time)
    {
        var mark = console.Profile.Capabilities.Unicode ? "✓" : "ok";
        var took = string.Create(CultureInfo.InvariantCulture, $" ({time.TotalSeconds:0.0}s)");
        Write(new Paragraph($"{mark} {sentence}", Good).Append(took, Faint));
    }

    /// <summary>Shows how a job gets on while a call waits for it.</summary>
    /// <param name="command">The command that started the job.</param>
    /// <param name="call">Makes the call; what it hears of progress goes to its argument.</param>
    public async Task<T> FollowAsync<T>(string command, Func<Action<ProgressNotificationValue>, ValueTask<T>> call)
    {
        if (!IsLive)
        {
            return await FollowPlainAsync(call);
        }

        return await console.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn { Width = 30 })
            .StartAsync(async context =>
            {
                var begun = Stopwatch.GetTimestamp();
                var bar = context.AddTask(command, maxValue: jobTime.TotalSeconds);
                var result = await call(value =>
                {
                    bar.Value = value.Progress;
                    bar.Description = Markup.Escape(Describe(value));
                });
                bar.Value = bar.MaxValue;
                bar.Description = Markup.Escape(string.Create(
                    CultureInfo.InvariantCulture, $"{command}: answered after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s"));
                return result;
            });
    }

    private static string Describe(ProgressNotificationValue value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Message}, {value.Progress:0.0} s");

    private static string Shown(JsonObject arguments)
    {
        var shown = arguments.DeepClone().AsObject();
        if (shown["confirm"]?.GetValue<string>() is { Length: > LongestToken } token)
        {
            shown["confirm"] = token[..LongestToken] + "…";
        }

        // On one line, with blanks where it may be broken.
        return InnerBreak().Replace(shown.ToJsonString(Json), " ");
    }

    [GeneratedRegex(@"\r?\n *")]
    private static partial Regex InnerBreak();

    private async Task<T> FollowPlainAsync<T>(Func<Action<ProgressNotificationValue>, ValueTask<T>> call)
    {
        var turn = new Lock();
        var ended = false;
        var result = await call(value =>
        {
            lock (turn)
            {
                // A report may be handed over later than the answer that it was sent before.
                if (!ended)
                {
                    Write(new Text(Describe(value)));
                }
            }
        });
        lock (turn)
        {
            ended = true;
        }

        return result;
    }

    private void Write(Spectre.Console.Rendering.IRenderable what) => console.Write(new Padder(what, new Padding(4, 0, 0, 0)));
}
