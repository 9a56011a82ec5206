using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Results;

/// <summary>A command that <c>Find-CsCommand</c> found.</summary>
/// <param name="Cmdlet">The cmdlet, or null where only <c>Invoke-CsApi</c> calls it.</param>
/// <param name="ApiCommand">The command's name in the API.</param>
/// <param name="Category">Its category.</param>
/// <param name="Effect">What it does to the cloud.</param>
/// <param name="Synopsis">What it does, in one sentence.</param>
public sealed record FoundCommand(string? Cmdlet, string ApiCommand, string Category, Effect Effect, string Synopsis);
