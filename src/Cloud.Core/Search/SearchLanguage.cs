namespace Cloud.Core.Search;

/// <summary>How people speak of a cloud: what a search needs to know beyond the words of its commands.</summary>
/// <param name="Noise">Words that say nothing about a command.</param>
/// <param name="Sayings">Words and phrases people use → what they mean in the words of the commands, the likeliest first.</param>
public sealed record SearchLanguage(IReadOnlyList<string> Noise, IReadOnlyDictionary<string, IReadOnlyList<string>> Sayings);
