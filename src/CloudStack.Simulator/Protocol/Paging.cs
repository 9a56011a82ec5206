using System.Globalization;

namespace CloudStack.Simulator.Protocol;

/// <summary>Which rows of a list are answered (protocol note, section 6.3).</summary>
/// <param name="Skip">How many come before.</param>
/// <param name="Take">How many are answered at most.</param>
internal readonly record struct Paging(long Skip, long Take)
{
    /// <summary>The server's default and largest page.</summary>
    public const int DefaultSize = 500;

    public static Paging Everything => new(0, long.MaxValue);

    /// <summary>Reads the page asked for.</summary>
    /// <exception cref="ApiError">Only half of the pair is there, or the size is too large or no number.</exception>
    public static Paging Read(string command, RawArguments raw, int maxSize)
    {
        var page = Number(command, "page", raw.Text("page"));
        var size = Number(command, "pagesize", raw.Text("pagesize"));
        if (size == -1)
        {
            return page is null
                ? Everything
                : throw ApiError.Refused("Can't specify \"page\" parameter when \"pagesize\" is -1 (Unlimited)");
        }

        if (page is null && size is null)
        {
            return new Paging(0, maxSize < 0 ? long.MaxValue : maxSize);
        }

        if (page is null || size is null)
        {
            throw ApiError.Refused(page is null
                ? "\"page\" parameter is required when \"pagesize\" is specified"
                : "\"pagesize\" parameter is required when \"page\" is specified");
        }

        if (maxSize >= 0 && size > maxSize)
        {
            throw ApiError.Refused($"Page size can't exceed max allowed page size value: {maxSize}");
        }

        return new Paging((Math.Max(page.Value, 1) - 1) * Math.Max(size.Value, 0), Math.Max(size.Value, 0));
    }

    private static long? Number(string command, string name, string? text) => text switch
    {
        null => null,
        _ when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw ApiError.BadValue(command, name, text),
    };
}
