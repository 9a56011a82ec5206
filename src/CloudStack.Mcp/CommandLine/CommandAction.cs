using Cloud.Core.Errors;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Runs a command's action: its errors go to standard error, and only success ends with 0.</summary>
internal static class CommandAction
{
    /// <summary>The exit code of a command that failed.</summary>
    public const int Failed = 1;

    /// <summary>The exit code of a command that was interrupted, as shells know it.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs an action.</summary>
    /// <param name="json">True to write errors as JSON.</param>
    /// <param name="action">The action; it answers the exit code.</param>
    public static async Task<int> RunAsync(bool json, Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (CloudException error)
        {
            ErrorOutput.Write(error, json);
            return Failed;
        }
        catch (OperationCanceledException error)
        {
            await Console.Error.WriteLineAsync(error.InnerException is null ? "Interrupted." : error.Message);
            return Interrupted;
        }
    }
}
