namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>What a script came to.</summary>
/// <param name="Output">Its output, each object as text.</param>
/// <param name="Errors">Its errors.</param>
/// <param name="Warnings">Its warnings.</param>
public sealed record EngineResult(IReadOnlyList<string> Output, IReadOnlyList<EngineError> Errors, IReadOnlyList<string> Warnings)
{
    /// <summary>The output where the script had no error.</summary>
    public IReadOnlyList<string> Clean()
    {
        Assert.Empty(Errors);
        return Output;
    }

    /// <summary>The script's only error.</summary>
    public EngineError OnlyError() => Assert.Single(Errors);
}

/// <summary>One error record.</summary>
/// <param name="Id">The fully qualified id.</param>
/// <param name="Category">The category.</param>
/// <param name="Message">The message.</param>
/// <param name="Target">The target object as text.</param>
/// <param name="Recommended">The recommended action.</param>
public sealed record EngineError(string Id, string Category, string Message, string? Target, string? Recommended);
