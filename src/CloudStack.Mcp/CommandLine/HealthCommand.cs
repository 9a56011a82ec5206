using System.CommandLine;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.CommandLine;

/// <summary><c>health</c>: asks a server over HTTP whether it's well, for containers that hold no other program.</summary>
internal static class HealthCommand
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var url = new Argument<string>("url") { Description = "The server's address, such as http://127.0.0.1:8080." };
        var live = new Option<bool>("--live") { Description = "Ask only whether the process lives, not whether it reaches its clouds." };
        var command = new Command("health", "Ask a server over HTTP whether it's well; the exit code is 0 where it is.") { url, live };
        command.SetAction((result, cancellationToken) => CommandAction.RunAsync(json: false, async () =>
        {
            if (!Uri.TryCreate(result.GetValue(url), UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            {
                throw new CloudException(ErrorCause.InvalidArgument, "That is no http address.", "Write it as http://127.0.0.1:8080.");
            }

            using var http = new HttpClient { Timeout = Longest, MaxResponseContentBufferSize = LongestAnswer };
            try
            {
                using var answer = await http.GetAsync(new Uri(server, result.GetValue(live) ? "/health/live" : "/health/ready"), cancellationToken);
                Console.Out.WriteLine(CleanText.Line(await answer.Content.ReadAsStringAsync(cancellationToken), LongestAnswer));
                return answer.IsSuccessStatusCode ? 0 : CommandAction.Failed;
            }
            catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new CloudException(ErrorCause.Unreachable, $"{server.Authority} doesn't answer: {error.Message}", "Check that the server runs.", error);
            }
        }));
        return command;
    }
}
