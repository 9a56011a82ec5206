using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Protocol;

/// <summary>Protocol note, sections 5.2, 6.1 and 6.2. A refused request changes nothing.</summary>
[Trait("Protocol", "6.1")]
public sealed class ParameterTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new();
    private readonly SignedCaller _root;

    public ParameterTests() => _root = SignedCaller.Root(_cloud);

    [Theory]
    [InlineData()]
    [InlineData("name", "")]
    [Trait("Protocol", "5.1")]
    public async Task Refuses_a_missing_or_empty_required_parameter(params string[] pair)
    {
        var text = await _root.RefuseAsync(431, "createDomain", [.. Pairs(pair)]);

        Assert.Equal("Unable to execute API command createdomain due to missing parameter name", text);
    }

    [Fact]
    [Trait("Protocol", "5.2")]
    [Trait("Protocol", "5.3")]
    [Trait("Protocol", "11.3")]
    public async Task Writes_errors_in_the_commands_envelope_with_all_codes()
    {
        var reply = await _root.PostAsync("createDomain");

        Assert.Equal(
            """{"createdomainresponse":{"uuidList":[],"errorcode":431,"cserrorcode":9999,"errortext":"Unable to execute API command createdomain due to missing parameter name"}}""",
            reply.Body);
        Assert.Equal(reply.ErrorText, reply.Header("X-Description"));
    }

    [Theory]
    [InlineData("deployVirtualMachine", "rootdisksize", "")]
    [InlineData("deployVirtualMachine", "rootdisksize", "ten")]
    [InlineData("deployVirtualMachine", "leaseduration", "1.5")]
    [InlineData("deployVirtualMachine", "leaseduration", "99999999999")]
    public async Task Refuses_numbers_it_cannot_read(string command, string name, string value)
    {
        var text = await _root.RefuseAsync(
            431, command, (name, value), ("zoneid", _cloud.SampleId("ZoneResponse")), ("serviceofferingid", _cloud.SampleId("ServiceOfferingResponse")));

        Assert.Equal($"Unable to execute API command deployvirtualmachine due to invalid value {value} for parameter {name}", text);
    }

    [Fact]
    public async Task Takes_an_empty_integer_as_absent() =>
        Assert.Equal(200, (await _root.CallAsync("listServiceOfferings", ("cpunumber", ""))).Status);

    [Theory]
    [InlineData("TRUE", true)]
    [InlineData("1", false)]
    [InlineData("yes", false)]
    [InlineData("", false)]
    public async Task Reads_only_true_as_true(string text, bool isTrue)
    {
        var role = await _root.DoAsync("createRole", ("name", "r"), ("type", "User"), ("ispublic", text));

        Assert.Equal(isTrue, role.Item.GetProperty("ispublic").GetBoolean());
    }

    [Fact]
    public async Task Refuses_a_text_that_is_too_long()
    {
        var text = await _root.RefuseAsync(431, "createDomain", ("name", new string('a', 256)));

        Assert.Equal("Value greater than max allowed length 255 for param: name", text);
    }

    [Theory]
    [InlineData("0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11")]
    [InlineData("17")]
    [InlineData("web-01")]
    public async Task Refuses_identifiers_of_nothing(string id)
    {
        var text = await _root.RefuseAsync(431, "stopVirtualMachine", ("id", id));

        Assert.StartsWith(
            $"Unable to execute API command stopvirtualmachine due to invalid value. Invalid parameter id value={id} due to incorrect long value format, or entity does not exist",
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_an_identifier_of_another_kind_of_object()
    {
        var zone = _cloud.SampleId("ZoneResponse");

        Assert.Contains("entity does not exist", await _root.RefuseAsync(431, "stopVirtualMachine", ("id", zone)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_an_identifier_in_any_case()
    {
        var id = _cloud.SampleId("ZoneResponse");

        Assert.Equal(1, (await _root.CallAsync("listZones", ("id", id.ToUpperInvariant()))).Count);
    }

    [Fact]
    public async Task Drops_a_malformed_identifier_silently_where_the_parameter_came_later()
    {
        // The catalog says that backupofferingid is no founding member of the command: what isn't a UUID counts as not given.
        var reply = await _root.PostAsync("listVirtualMachines", ("listall", "true"), ("backupofferingid", "no-uuid"));

        Assert.Equal((await _root.CallAsync("listVirtualMachines", ("listall", "true"))).Count, reply.Count);
    }

    [Theory]
    [InlineData("2031-02-03", 200)]
    [InlineData("2031-02-03 04:05:06", 200)]
    [InlineData("2031-02-03T04:05:06Z", 200)]
    [InlineData("3 February", 431)]
    [InlineData("", 431)]
    public async Task Reads_dates_in_three_forms(string date, int status)
    {
        var reply = await _root.CallAsync("listEvents", ("startdate", date));

        Assert.Equal(status, reply.Status);
    }

    [Theory]
    [InlineData("tags[0]key")]
    [InlineData("tags[x].key")]
    [InlineData("tags[0][1].key")]
    [InlineData("tags[].key")]
    [InlineData("tags[0].")]
    [Trait("Protocol", "5.1")]
    [Trait("Protocol", "6.2")]
    public async Task Refuses_malformed_maps(string name) => Assert.Equal(
        430,
        (await _root.PostAsync("createTags", ("resourceids", "x"), ("resourcetype", "UserVm"), (name, "v"))).Status);

    [Fact]
    [Trait("Protocol", "6.2")]
    public async Task Reads_maps_with_gaps_and_keeps_the_case_of_their_fields()
    {
        var id = await _root.IdOfAsync("listVirtualMachines", "web-staging");

        var reply = await _root.DoAsync(
            "updateVirtualMachine", ("id", id), ("Details[7].rootDiskController", "scsi"), ("details[2].a.b", "c"));

        var details = reply.Item.GetProperty("details");
        Assert.Equal("scsi", details.GetProperty("rootDiskController").GetString());
        Assert.Equal("c", details.GetProperty("a.b").GetString());
    }

    [Fact]
    public async Task Ignores_parameters_that_only_root_may_pass()
    {
        var user = _root.As(_cloud.Credentials.User);
        var reply = await user.CallAsync("listVirtualMachines", ("hostid", "not-even-an-id"));

        Assert.Equal(200, reply.Status);
        Assert.Equal(431, (await _root.CallAsync("listVirtualMachines", ("hostid", "not-even-an-id"))).Status);
    }

    public void Dispose() => _cloud.Dispose();

    private static IEnumerable<(string, string)> Pairs(string[] flat) => flat.Chunk(2).Select(pair => (pair[0], pair[1]));
}
