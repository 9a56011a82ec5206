using System.Security.Claims;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>The MCP client behind one tool call.</summary>
/// <param name="context">The call.</param>
internal sealed class McpToolCaller(RequestContext<CallToolRequestParams> context) : IToolCaller
{
    private const int LongestName = 80;

    private readonly object _turn = new();
    private Task _sent = Task.CompletedTask;
    private double _last;

    /// <inheritdoc/>
    public string Name { get; } = NameOf(context);

    /// <inheritdoc/>
    public bool CanAsk => context.Server is { IsMrtrSupported: true, ClientCapabilities.Elicitation.Form: not null };

    /// <inheritdoc/>
    public bool TakesTasks => TaskWords.AreKnownTo(context.JsonRpcRequest.Context);

    /// <inheritdoc/>
    public PersonReply? Reply { get; } = ConfirmationForm.ReplyOf(context.Params);

    /// <inheritdoc/>
    public void Report(OperationProgress progress)
    {
        if (context.Params?.ProgressToken is not { } token)
        {
            return;
        }

        lock (_turn)
        {
            // The protocol wants progress to grow with each report; the time that has gone by always does.
            _last = Math.Max(Math.Round(progress.Elapsed.TotalSeconds, 1), _last + 0.1);
            var value = new ProgressNotificationValue { Progress = (float)_last, Message = $"{progress.Activity}: {progress.Status}" };
            _sent = SendAsync(_sent, token, value);
        }
    }

    /// <summary>Waits until every report is sent, so that none comes after the answer.</summary>
    public Task FlushAsync()
    {
        lock (_turn)
        {
            return _sent;
        }
    }

    /// <summary>The caller's name: proven where they had to prove it, else their client's.</summary>
    /// <param name="context">The request.</param>
    public static string NameOf(MessageContext context) => NameOf(context.User, context.Server.ClientInfo);

    /// <summary>The caller's name: proven where they had to prove it, else their client's.</summary>
    /// <param name="user">Who they proved to be, or null.</param>
    /// <param name="client">What their client says it is, or null.</param>
    public static string NameOf(ClaimsPrincipal? user, Implementation? client) => user?.Identity is { IsAuthenticated: true, Name: { } proven }
        ? CleanText.Line(proven, LongestName)
        : "mcp:" + CleanText.Line(client?.Name ?? "unknown", LongestName);

    private async Task SendAsync(Task before, ProgressToken token, ProgressNotificationValue value)
    {
        await before;
        try
        {
            await context.Server.NotifyProgressAsync(token, value);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException or McpException)
        {
            // A client that has gone needs no progress; the call ends by its own cancellation.
        }
    }
}
