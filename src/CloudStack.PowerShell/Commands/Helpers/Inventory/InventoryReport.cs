namespace CloudStack.PowerShell.Commands.Helpers.Inventory;

/// <summary>What an inventory says.</summary>
/// <param name="Clouds">The clouds that were read, as <c>name (address)</c>.</param>
/// <param name="Taken">When.</param>
/// <param name="Tables">Machines, networks and volumes.</param>
internal sealed record InventoryReport(IReadOnlyList<string> Clouds, DateTimeOffset Taken, IReadOnlyList<InventoryTable> Tables);
