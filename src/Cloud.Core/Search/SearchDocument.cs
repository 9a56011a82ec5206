using Cloud.Core.Catalog;

namespace Cloud.Core.Search;

/// <summary>One command to be found.</summary>
/// <param name="Command">The command with its words.</param>
/// <param name="AlsoCalled">What people call what it does, in no order; may be empty.</param>
/// <param name="Weight">How likely it's meant at all: 1 for most, more for what is asked for every day, less for what hardly anyone has.</param>
public sealed record SearchDocument(CommandSpec Command, string AlsoCalled, double Weight);
