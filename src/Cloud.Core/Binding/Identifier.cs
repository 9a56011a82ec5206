namespace Cloud.Core.Binding;

/// <summary>The forms that an object's identifier takes.</summary>
public static class Identifier
{
    /// <summary>The value that stands for "none in particular", such as every project.</summary>
    public const string Any = "-1";

    /// <summary>Reads an identifier.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The identifier in lower case.</param>
    /// <returns>True where <paramref name="text"/> is a UUID with hyphens, or <see cref="Any"/>.</returns>
    public static bool TryParse(string text, out string id)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == Any)
        {
            id = text;
            return true;
        }

        var isUuid = Guid.TryParseExact(text, "D", out var uuid);
        id = isUuid ? uuid.ToString("D") : "";
        return isUuid;
    }
}
