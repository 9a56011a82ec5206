namespace CloudStack.PowerShell.Results;

/// <summary>Where a machine's console opens in a browser. The address admits whoever has it, for a short while.</summary>
/// <param name="VirtualMachine">The machine, as it was named.</param>
/// <param name="Url">The address.</param>
/// <param name="Connection">The connection it was asked for on.</param>
public sealed record ConsoleAddress(string VirtualMachine, Uri Url, string Connection);
