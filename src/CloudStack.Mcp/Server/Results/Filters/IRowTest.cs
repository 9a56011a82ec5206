using Cloud.Core.Objects;

namespace CloudStack.Mcp.Server.Results.Filters;

/// <summary>A condition on a row of a list.</summary>
internal interface IRowTest
{
    /// <summary>Tells whether a row meets it.</summary>
    /// <param name="row">The row.</param>
    bool Matches(CloudObject row);
}

/// <summary>Every part has to hold.</summary>
/// <param name="Parts">The parts.</param>
internal sealed record AllOf(IReadOnlyList<IRowTest> Parts) : IRowTest
{
    /// <inheritdoc/>
    public bool Matches(CloudObject row) => Parts.All(part => part.Matches(row));
}

/// <summary>One part has to hold.</summary>
/// <param name="Parts">The parts.</param>
internal sealed record AnyOf(IReadOnlyList<IRowTest> Parts) : IRowTest
{
    /// <inheritdoc/>
    public bool Matches(CloudObject row) => Parts.Any(part => part.Matches(row));
}
