using System.CommandLine;
using Cloud.Core.Errors;
using CloudStack.Simulator;

namespace CloudStack.Mcp.CommandLine;

/// <summary>The option that says how large a simulated cloud is.</summary>
internal sealed class SeedOption
{
    private readonly Option<string?> _seed = new("--seed")
    {
        Description = "How large the simulated cloud is: small, medium (500 machines), large (10,000) or a number of machines.",
        HelpName = "size",
    };

    /// <summary>Adds the option to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command) => command.Add(_seed);

    /// <summary>Tells whether it was given.</summary>
    /// <param name="result">The parsed command line.</param>
    public bool IsGiven(ParseResult result) => result.GetValue(_seed) is not null;

    /// <summary>Reads it; a cloud is small unless told otherwise.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <returns>The number of machines.</returns>
    /// <exception cref="CloudException">It isn't understood.</exception>
    public int Read(ParseResult result)
    {
        var size = result.GetValue(_seed) ?? "small";
        return SeedSize.TryParse(size, out var machines) ? machines : throw new CloudException(
            ErrorCause.InvalidArgument, $"--seed can't be '{size}'.", $"Write small, medium, large, or a number up to {SeedSize.Largest}.");
    }
}
