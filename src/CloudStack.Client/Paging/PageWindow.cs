using Cloud.Core.Operations;

namespace CloudStack.Client.Paging;

/// <summary>Maps a window of rows to the server's pages, which count from 1 and all have one size.</summary>
/// <param name="Size">Rows a page.</param>
/// <param name="Number">The page to ask for next.</param>
/// <param name="Drop">Rows at its start that aren't wanted.</param>
internal readonly record struct PageWindow(int Size, long Number, int Drop)
{
    /// <summary>The page that holds the first wanted row; a small window gets a page of just its size where it lines up.</summary>
    public static PageWindow For(RowRange rows, int largest)
    {
        var size = rows.First is > 0 and var first && first < largest && rows.Skip % first == 0 ? (int)first : largest;
        return At(rows.Skip, size);
    }

    /// <summary>The page that holds a row.</summary>
    public static PageWindow At(long row, int size) => new(size, (row / size) + 1, (int)(row % size));

    /// <summary>The row that comes after this page's last.</summary>
    public long End => Number * Size;

    /// <summary>The page after this one.</summary>
    public PageWindow Next => new(Size, Number + 1, 0);
}
