using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using CloudStack.Client;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Tests.Results;

public sealed class ListCursorTests
{
    private static readonly CommandCatalog Catalog = CloudStackCatalog.Load();
    private static readonly Dictionary<string, object?> Arguments = new() { ["zoneid"] = "fra1", ["listall"] = true };

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(long.MaxValue)]
    public void A_cursor_comes_back_as_it_was(long skip) =>
        Assert.Equal(skip, ListCursor.Read(ListCursor.Write(List("listVirtualMachines", Arguments), skip), List("listVirtualMachines", Arguments)));

    [Fact]
    public void The_order_and_case_of_arguments_do_not_matter()
    {
        var other = new Dictionary<string, object?> { ["ListAll"] = true, ["ZONEID"] = "fra1" };

        Assert.Equal(7, ListCursor.Read(ListCursor.Write(List("listVirtualMachines", Arguments), 7), List("listVirtualMachines", other)));
    }

    [Fact]
    public void A_cursor_of_another_list_is_refused()
    {
        var cursor = ListCursor.Write(List("listVirtualMachines", Arguments), 7);

        Refused(cursor, "listVolumes", Arguments);
        Refused(cursor, "listVirtualMachines", new Dictionary<string, object?> { ["zoneid"] = "ams1", ["listall"] = true });
        Assert.Throws<CloudException>(() => ListCursor.Read(cursor, List("listVirtualMachines", Arguments) with { Filter = "state = Running" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("_____________________w")]
    public void Anything_else_is_no_cursor(string cursor) => Refused(cursor, "listVirtualMachines", Arguments);

    private static void Refused(string cursor, string command, Dictionary<string, object?> arguments) => Assert.Equal(
        ErrorCause.InvalidArgument, Assert.Throws<CloudException>(() => ListCursor.Read(cursor, List(command, arguments))).Cause);

    private static ReadRequest List(string command, Dictionary<string, object?> arguments) =>
        new(Catalog.FindCommand(command)!, arguments, [], 0, 50);
}
