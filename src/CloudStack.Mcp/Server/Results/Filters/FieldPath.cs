using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;

namespace CloudStack.Mcp.Server.Results.Filters;

/// <summary>A field of a row, or one inside a nested object or list (<c>nic.ipaddress</c>).</summary>
internal sealed class FieldPath
{
    private const int MostSteps = 4;

    private readonly string[] _steps;

    private FieldPath(string text, string[] steps, FieldType type) => (Text, _steps, Type) = (text, steps, type);

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    /// <summary>What the catalog says of its values; <see cref="FieldType.Any"/> where it says nothing.</summary>
    public FieldType Type { get; }

    /// <summary>Reads a path.</summary>
    /// <param name="text">Wire names with dots between.</param>
    /// <param name="type">The class of the rows, or null where it isn't known.</param>
    /// <param name="catalog">Knows the classes of nested objects.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    /// <returns>The path, or null where something is wrong.</returns>
    public static FieldPath? Read(string text, ResultSpec? type, CommandCatalog catalog, out string? problem)
    {
        var steps = text.Split('.');
        problem = steps.Length > MostSteps || steps.Any(step => step.Length == 0) ? $"'{text}' is no field" : null;
        var kind = FieldType.Any;
        var names = new List<string>(steps.Length);
        foreach (var step in steps)
        {
            if (problem is not null)
            {
                return null;
            }

            // Maps have names of their own, and some classes aren't described.
            var isOpen = type is not { Fields.Count: > 0 };
            var field = type?.Fields.FirstOrDefault(f => f.Name.Equals(step, StringComparison.OrdinalIgnoreCase));
            if (field is null && !isOpen)
            {
                problem = Spelling.Closest(step, type!.Fields.Select(f => f.Name)) is { } closest
                    ? $"there is no field '{step}'; did you mean '{closest}'?"
                    : $"there is no field '{step}'";
            }
            else if (new SecretFields(null, []).Hides(field, step))
            {
                // The answer to whether it begins with an a gives a secret away letter by letter.
                problem = $"'{step}' is a secret, and no condition on it is answered";
            }

            names.Add(field?.Name ?? step);
            kind = field?.Type ?? FieldType.Any;
            type = field?.Of is { } of ? catalog.FindResult(of) : null;
        }

        return problem is null ? new FieldPath(text, [.. names], kind) : null;
    }

    /// <summary>The plain values of a row at this path; nested lists give one each.</summary>
    /// <param name="row">The row.</param>
    public IEnumerable<JsonElement> ValuesOf(CloudObject row) => Values(row.GetJson(), 0);

    private IEnumerable<JsonElement> Values(JsonElement value, int step) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Values(item, step)),
        JsonValueKind.Object when step < _steps.Length =>
            value.TryGetProperty(_steps[step], out var inner) ? Values(inner, step + 1) : [],
        JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when step == _steps.Length => [value],
        _ => [],
    };
}
