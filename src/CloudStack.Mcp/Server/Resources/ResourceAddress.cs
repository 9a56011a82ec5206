namespace CloudStack.Mcp.Server.Resources;

/// <summary>The address of something that can be read: <c>cloudstack://prod/virtualmachine/web-01</c>.</summary>
/// <param name="Scheme">The product's scheme.</param>
/// <param name="Cloud">The connection's name.</param>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Id">Which one; empty where there is only one.</param>
internal sealed record ResourceAddress(string Scheme, string Cloud, string Kind, string Id = "")
{
    private const int Longest = 4096;

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <returns>The address, or null where the text is none.</returns>
    public static ResourceAddress? Parse(string text)
    {
        var colon = text.Length <= Longest ? text.IndexOf("://", StringComparison.Ordinal) : -1;
        if (colon <= 0)
        {
            return null;
        }

        var parts = text[(colon + 3)..].Split('/');
        return parts.Length is 2 or 3 && parts.All(part => part.Length > 0)
            ? new ResourceAddress(
                text[..colon], Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1]), parts.Length == 3 ? Uri.UnescapeDataString(parts[2]) : "")
            : null;
    }

    /// <summary>The address as text.</summary>
    public override string ToString() =>
        $"{Scheme}://{Uri.EscapeDataString(Cloud)}/{Uri.EscapeDataString(Kind)}{(Id.Length > 0 ? "/" + Uri.EscapeDataString(Id) : "")}";
}
