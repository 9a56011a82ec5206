using Cloud.Core.Operations;

namespace CloudStack.Client.Paging;

/// <summary>Maps a window of rows to the server's pages, which count from 1 and begin at multiples of their size.</summary>
/// <param name="Size">Rows a page.</param>
/// <param name="Number">The page to ask for next.</param>
/// <param name="Drop">Rows at its start that aren't wanted.</param>
internal readonly record struct PageWindow(int Size, long Number, int Drop)
{
    /// <summary>The largest page that may be asked for.</summary>
    public int Largest { get; private init; } = Size;

    /// <summary>True where the pages follow each other without a row in common.</summary>
    public bool IsPlain { get; init; }

    /// <summary>True where the page begins with rows of the page before.</summary>
    public bool Overlaps { get; private init; }

    /// <summary>The page's first row.</summary>
    public long Start => (Number - 1) * Size;

    /// <summary>The row that comes after this page's last.</summary>
    public long End => Number * Size;

    /// <summary>
    /// The page that reaches farthest of those that begin with a row of this one. A page of another size begins elsewhere,
    /// so that a slightly smaller one overlaps by a few rows; where none does, the page that follows.
    /// </summary>
    public PageWindow Next
    {
        get
        {
            var best = new PageWindow(Size, Number + 1, 0) { Largest = Largest, IsPlain = IsPlain };
            var farthest = End;
            for (var size = Largest; !IsPlain && size > 1 && End + size > farthest; size--)
            {
                var number = ((End - 1) / size) + 1;
                if (number * size > farthest)
                {
                    farthest = number * size;
                    best = best with { Size = size, Number = number, Overlaps = true };
                }
            }

            return best;
        }
    }

    /// <summary>The page that holds the first wanted row; a small window gets the smallest page that holds all of it.</summary>
    public static PageWindow For(RowRange rows, int largest)
    {
        var wanted = Math.Max(1, Math.Min(rows.First ?? largest, rows.Likely ?? largest));
        var size = (int)Math.Min(wanted, largest);
        while (size < largest && size - (rows.Skip % size) < wanted)
        {
            size++;
        }

        return At(rows.Skip, size) with { Largest = largest };
    }

    /// <summary>The page that holds a row which was read before, and is to begin with one that was.</summary>
    public static PageWindow FromKnown(long row, int size) => At(row, size) with { Drop = 0, Overlaps = true };

    /// <summary>The page that holds a row.</summary>
    public static PageWindow At(long row, int size) => new(size, (row / size) + 1, (int)(row % size));
}
