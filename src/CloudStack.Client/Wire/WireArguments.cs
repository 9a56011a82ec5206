namespace CloudStack.Client.Wire;

/// <summary>A command's arguments as names and values for the wire.</summary>
/// <param name="Parameters">The names and values, each name once.</param>
/// <param name="Secrets">Those values that no URL, message or log may show.</param>
internal sealed record WireArguments(IReadOnlyList<WireParameter> Parameters, IReadOnlyList<string> Secrets);
