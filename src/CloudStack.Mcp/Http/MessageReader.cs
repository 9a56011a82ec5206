using CloudStack.Mcp.Server.Protocol;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Http;

/// <summary>Reads the one JSON-RPC message of a request's body.</summary>
internal static class MessageReader
{
    /// <summary>Reads it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The message, or why there is none.</returns>
    public static async Task<(JsonRpcMessage? Message, Refusal? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return (null, Refusal.Http(StatusCodes.Status415UnsupportedMediaType, "Send the message with Content-Type: application/json."));
        }

        try
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            while (!read.IsCompleted)
            {
                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                read = await request.BodyReader.ReadAsync(cancellationToken);
            }

            var (message, error) = JsonRpcText.Parse(read.Buffer);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            return (message, error is null ? null : new Refusal(StatusCodes.Status400BadRequest, error.Error.Code, error.Error.Message) { Id = error.Id });
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Refusal.Http(error.StatusCode, "The message is larger than this server takes; send less at once."));
        }
        catch (BadHttpRequestException error)
        {
            return (null, Refusal.Http(error.StatusCode, "The body didn't arrive whole; send the request again."));
        }
    }
}
