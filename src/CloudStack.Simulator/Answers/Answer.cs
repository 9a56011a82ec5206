using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Answers;

/// <summary>What a command answers, before it is put into its envelope.</summary>
internal abstract record Answer
{
    public static Answer Done { get; } = new SuccessAnswer(null);

    public static Answer Of(Entity entity) => new SingleAnswer(entity);

    public static Answer List(IEnumerable<Entity> entities) => new ListAnswer(entities);

    /// <summary>A list whose objects are made when the page that shows them is known.</summary>
    /// <param name="items">What there is to show, on all pages.</param>
    /// <param name="draw">Makes the object of one of them.</param>
    public static Answer Drawn<T>(IEnumerable<T> items, Func<T, Entity> draw) where T : class =>
        new DrawnAnswer(items, item => draw((T)item));

    /// <summary>The same list with each object of the page shown by another one, made when the page is known.</summary>
    public Answer ShownAs(Func<Entity, Entity> picture) => this switch
    {
        ListAnswer list => list with { Picture = After(list.Picture, picture) },
        TableAnswer table => table with { Picture = After(table.Picture, picture) },
        _ => this,
    };

    public static Answer DoneSaying(string text) => new SuccessAnswer(text);

    private static Func<Entity, Entity> After(Func<Entity, Entity>? first, Func<Entity, Entity> picture) =>
        first is null ? picture : entity => picture(first(entity));
}

/// <summary>Objects; the runner cuts out the page.</summary>
internal sealed record ListAnswer(IEnumerable<Entity> Entities) : Answer
{
    public Func<Entity, Entity>? Picture { get; init; }
}

/// <summary>Objects that aren't kept; only those of the page are made.</summary>
internal sealed record DrawnAnswer(IEnumerable<object> Items, Func<object, Entity> Draw) : Answer;

/// <summary>All objects of a class that a rule by owner lets through; they're counted without being looked at.</summary>
internal sealed record TableAnswer(EntityTable Table, Func<Entity, bool> IsShown) : Answer
{
    public Func<Entity, Entity>? Picture { get; init; }
}

/// <summary>One object.</summary>
internal sealed record SingleAnswer(Entity Entity) : Answer;

/// <summary>Success, with a text or without.</summary>
internal sealed record SuccessAnswer(string? Text) : Answer;

/// <summary>A job to follow, and the identifier of what it makes.</summary>
internal sealed record TicketAnswer(string JobId, string? EntityId) : Answer;
