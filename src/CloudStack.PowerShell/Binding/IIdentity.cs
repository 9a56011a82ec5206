namespace CloudStack.PowerShell.Binding;

/// <summary>What stands for one object of the cloud in an argument, of whatever class.</summary>
internal interface IIdentity
{
    /// <summary>An id or a name; empty where nothing was given.</summary>
    string Text { get; }

    /// <summary>The name of the object where the object itself was given; else null.</summary>
    string? KnownName { get; }

    /// <summary>The object's name by its id, as an operation takes it; null where only a text was given.</summary>
    IReadOnlyDictionary<string, string>? KnownNames => KnownName is { } name ? new Dictionary<string, string> { [Text] = name } : null;

    /// <summary>The name of the connection that the object came over; null for an id, a name or an object that doesn't say.</summary>
    string? Connection { get; }

    /// <summary>True where the argument was an object of the right model, and not a text that would fit any.</summary>
    bool IsTyped { get; }
}
