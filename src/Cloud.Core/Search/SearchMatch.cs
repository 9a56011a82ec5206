namespace Cloud.Core.Search;

/// <summary>A command that a search found.</summary>
/// <param name="Command">The command's name in the API.</param>
/// <param name="Score">How well it fits; comparable within one search only.</param>
public sealed record SearchMatch(string Command, double Score);
