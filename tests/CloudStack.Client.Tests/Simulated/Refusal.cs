using System.Text.RegularExpressions;
using Cloud.Core.Errors;

namespace CloudStack.Client.Tests.Simulated;

/// <summary>
/// A run of a command that the simulated cloud refuses, by the list in refusals.tsv: command, which arguments, the API's
/// code, and the reason in the server's words, where each identifier is written as <c>{id}</c>.
/// </summary>
/// <param name="Code">The API's error code.</param>
/// <param name="Reason">Why.</param>
internal sealed partial record Refusal(int Code, string Reason)
{
    private const string RequiredArguments = "required";
    private const string AllArguments = "all";

    /// <summary>The listed refusals by command and whether all arguments were given.</summary>
    public static IReadOnlyDictionary<(string Command, bool All), Refusal> Listed { get; } = Read();

    /// <summary>Checks that a run was refused just where, and just as, the list says.</summary>
    public static void AssertListed(string command, bool all, CloudException? error)
    {
        var seen = error is null ? null : new Refusal(error.ErrorCode ?? 0, Id().Replace(error.ServerText ?? "", "{id}"));
        Listed.TryGetValue((command, all), out var listed);
        Assert.True(
            seen == listed,
            (seen is null ? $"Not refused, but listed: {listed}" : $"Refused, but listed as {listed?.ToString() ?? "accepted"}:")
            + $"\nLINE {command}\t{(all ? AllArguments : RequiredArguments)}\t{seen?.Code}\t{seen?.Reason}");
    }

    private static Dictionary<(string Command, bool All), Refusal> Read()
    {
        using var lines = new StreamReader(typeof(Refusal).Assembly.GetManifestResourceStream("refusals.tsv")!);
        return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToDictionary(
            part => (part[0], part[1] == AllArguments),
            part => new Refusal(int.Parse(part[2], System.Globalization.CultureInfo.InvariantCulture), part[3]));
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
