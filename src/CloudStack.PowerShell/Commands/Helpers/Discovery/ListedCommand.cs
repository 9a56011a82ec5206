using System.Text.RegularExpressions;
using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Commands.Helpers.Discovery;

/// <summary>A command as a server lists it. Names are plain words of letters and digits; every other text may be anything.</summary>
/// <param name="Name">The command's name.</param>
/// <param name="Description">What the server says about it.</param>
/// <param name="Parameters">What it takes.</param>
internal sealed partial record ListedCommand(string Name, string Description, IReadOnlyList<ListedParameter> Parameters)
{
    private const int MostParameters = 200;
    private const int LongestText = 1000;

    /// <summary>Reads a row of the server's listing.</summary>
    /// <returns>The command; null where its name, or the name of a parameter that it can't do without, isn't a plain word.</returns>
    public static ListedCommand? Read(CloudObject row)
    {
        if (row.GetText("name") is not { } name || !CommandName().IsMatch(name))
        {
            return null;
        }

        var listed = row.GetObjects("params", json => new CloudObject(json))
            .DistinctBy(parameter => parameter.GetText("name"), StringComparer.OrdinalIgnoreCase)
            .Take(MostParameters)
            .Select(parameter => new ListedParameter(
                parameter.GetText("name") ?? "",
                ShownText.Of(parameter.GetText("type"), LongestText),
                parameter.GetBoolean("required") == true,
                ShownText.Of(parameter.GetText("description"), LongestText)))
            .ToLookup(parameter => ParameterName().IsMatch(parameter.Name));
        return listed[false].Any(parameter => parameter.Required)
            ? null
            : new ListedCommand(name, ShownText.Of(row.GetText("description"), LongestText), [.. listed[true]]);
    }

    // "\z" and not "$": the latter lets a line end through.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{1,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CommandName();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}

/// <summary>A parameter as a server lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type's name in the API.</param>
/// <param name="Required">True where the command can't do without.</param>
/// <param name="Description">What the server says about it.</param>
internal sealed record ListedParameter(string Name, string Type, bool Required, string Description);
