using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.Mcp.CommandLine;
using CloudStack.Simulator;
using Microsoft.AspNetCore.Http;

namespace CloudStack.Mcp.Simulation;

/// <summary>
/// The simulator's own handles, beside the API under <c>/simulator</c>: its clock, faults, request log and a restart. What
/// changes something must say that it's JSON, which no page of another site can without being asked about first.
/// </summary>
internal static class SimulatorControl
{
    /// <summary>Where the handles are.</summary>
    public const string Folder = "/simulator";

    private const int LargestScript = 1 << 20;
    private const double LongestStep = 10 * 365 * 86_400.0;

    /// <summary>Answers a request under <see cref="Folder"/>.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="context">The request.</param>
    public static async Task AnswerAsync(SimulatedCloud cloud, HttpContext context)
    {
        try
        {
            var text = HttpMethods.IsGet(context.Request.Method) ? "" : await ReadAsync(context.Request, context.RequestAborted);
            var answer = (context.Request.Method, context.Request.Path.Value) switch
            {
                ("GET", Folder + "/clock") => Clock(cloud),
                ("POST", Folder + "/clock") => SetClock(cloud, text),
                ("GET", Folder + "/requests") => Requests(cloud, context.Request.Query["last"]),
                ("POST", Folder + "/faults") => Inject(cloud, text),
                ("DELETE", Folder + "/faults") => Done(cloud.Faults.Clear),
                ("POST", Folder + "/restart") => Done(cloud.Restart),
                _ => null,
            };
            context.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            await context.Response.WriteAsync(answer ?? "", context.RequestAborted);
        }
        catch (CloudException error)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync($"{error.Message} {error.NextStep}\n", context.RequestAborted);
        }
    }

    private static async Task<string> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType?.StartsWith(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw Refuse("The request doesn't say that it's JSON.", "Send the header Content-Type: application/json.");
        }

        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        return text.Length <= LargestScript ? text : throw Refuse("The request is too large.", "Send less at once.");
    }

    private static string Clock(SimulatedCloud cloud) => JsonOutput.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("time", cloud.Clock.GetUtcNow());
        writer.WriteString("pace", cloud.Clock.Pace.ToString());
        writer.WriteEndObject();
    });

    private static string SetClock(SimulatedCloud cloud, string text)
    {
        var (pace, step) = ReadClock(text);
        cloud.Clock.Pace = pace ?? cloud.Clock.Pace;
        cloud.Clock.Step(step);
        return Clock(cloud);
    }

    private static (ClockPace? Pace, TimeSpan Step) ReadClock(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var step = document.RootElement.TryGetProperty("stepSeconds", out var seconds) ? seconds.GetDouble() : 0;
            ClockPace? pace = null;
            if ((!document.RootElement.TryGetProperty("pace", out var name) || ClockPace.TryParse(name.GetString(), out pace))
                && step is >= 0 and <= LongestStep)
            {
                return (pace, TimeSpan.FromSeconds(step));
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // Told below, as for every other text.
        }

        throw Refuse("The clock can't be set to that.", """Send {"pace":"real"}, stepped or fast:N, or {"stepSeconds":3600}, or both.""");
    }

    private static string Requests(SimulatedCloud cloud, string? last)
    {
        if (!int.TryParse(last ?? "100", NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            throw Refuse($"'{last}' is no number of requests.", "Send ?last=100.");
        }

        return JsonOutput.Text(writer =>
        {
            writer.WriteStartArray();
            foreach (var entry in cloud.Requests.TakeLast(count))
            {
                JsonSerializer.Serialize(writer, entry, JsonSerializerOptions.Web);
            }

            writer.WriteEndArray();
        });
    }

    private static string Inject(SimulatedCloud cloud, string text) => Done(() => cloud.Faults.Follow(FaultScript.Parse(text)));

    private static string Done(Action action)
    {
        action();
        return """{"success":true}""";
    }

    private static CloudException Refuse(string message, string nextStep) => new(ErrorCause.InvalidArgument, message, nextStep);
}
