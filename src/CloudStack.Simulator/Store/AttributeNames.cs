namespace CloudStack.Simulator.Store;

/// <summary>Names of the facts that objects carry and never answer.</summary>
internal static class AttributeNames
{
    public const string Domain = "domain";
    public const string Owner = "owner";
    public const string Account = "account";
    public const string ApiKey = "apikey";
    public const string SecretKey = "secretkey";
    public const string Password = "password";
    public const string Job = "job";
    public const string Members = "members";
    public const string Permitted = "permitted";
    public const string Parent = "parent";
    public const string Rules = "rules";
    public const string Role = "role";
}
