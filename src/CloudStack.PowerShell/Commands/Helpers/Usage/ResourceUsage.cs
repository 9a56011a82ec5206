namespace CloudStack.PowerShell.Results;

/// <summary>How much of one resource an account or project uses, and may use.</summary>
/// <param name="Owner">The account's or project's name.</param>
/// <param name="Kind">Account or Project.</param>
/// <param name="Domain">Its domain's path.</param>
/// <param name="Resource">The resource, such as VirtualMachine or PrimaryStorage.</param>
/// <param name="Used">How much is used, in the unit.</param>
/// <param name="Limit">How much may be used, or null where there is no limit.</param>
/// <param name="Percent">The use in percent of the limit, or null where there is none.</param>
/// <param name="Unit">What is counted: MB, GB, or an empty text for plain numbers.</param>
/// <param name="IsNearLimit">True where the use has reached the percentage that -WarnAt names.</param>
/// <param name="Connection">The connection it was read on.</param>
public sealed record ResourceUsage(
    string Owner, string Kind, string Domain, string Resource, double Used, double? Limit, double? Percent, string Unit, bool IsNearLimit,
    string Connection);
