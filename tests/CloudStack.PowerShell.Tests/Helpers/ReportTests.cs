using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cloud.Core.Objects;
using CloudStack.PowerShell.Commands.Helpers.Inventory;
using CloudStack.PowerShell.Commands.Helpers.Topology;
using CloudStack.PowerShell.Commands.Helpers.Usage;

namespace CloudStack.PowerShell.Tests.Helpers;

/// <summary>What reports make of rows that no simulator sends.</summary>
public sealed class ReportTests
{
    [Fact]
    public void A_use_near_its_limit_is_told_and_no_limit_is_none()
    {
        var usage = ResourceUsageReader.Read(
            Row("""{"name":"web","domain":"ROOT","vmtotal":9,"vmlimit":"10","cputotal":4,"cpulimit":"Unlimited","iptotal":1,"iplimit":"0","memorytotal":512,"memorylimit":-1}"""),
            "Account", 80, "lab").ToDictionary(u => u.Resource);

        Assert.Equal((90.0, true), (usage["VirtualMachine"].Percent, usage["VirtualMachine"].IsNearLimit));
        Assert.Equal((null, false), (usage["Cpu"].Limit, usage["Cpu"].IsNearLimit));
        Assert.Equal((100.0, true), (usage["PublicIpAddress"].Percent, usage["PublicIpAddress"].IsNearLimit));
        Assert.Equal((null, "MB"), (usage["Memory"].Limit, usage["Memory"].Unit));
        Assert.DoesNotContain("Volume", usage.Keys);
    }

    [Fact]
    public void A_host_whose_cluster_is_unknown_hangs_on_its_zone_and_one_without_any_stands_alone()
    {
        var tree = new TopologyTree("lab");
        tree.Add("Zone", [Row("""{"id":"z","name":"z1"}""")]);
        tree.Add("Host",
        [
            Row("""{"id":"a","name":"a","clusterid":"gone","podid":"gone","zoneid":"z","memorytotal":100,"memoryallocatedbytes":50}"""),
            Row("""{"id":"b","name":"b\u001b[31m","resourcestate":"Maintenance","state":"Up"}"""),
        ]);

        var nodes = tree.Nodes().ToList();

        Assert.Equal(["z1", "└─ a", "b [31m"], nodes.Select(node => node.Tree));
        Assert.Equal([50, 50, null], nodes.Select(node => node.MemoryPercent));
        Assert.Equal("Maintenance", nodes[2].State);
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("a,b \"c\"", "\"a,b \"\"c\"\"\"")]
    [InlineData("=1,2", "\"'=1,2\"")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void A_cell_is_never_a_formula_and_never_two_cells(string text, string cell) => Assert.Equal(cell, InventoryCsv.Cell(text));

    [Fact]
    public void A_page_runs_and_loads_nothing_whatever_the_rows_hold()
    {
        const string Evil = "</table></svg><script>alert(1)</script><img src=x onerror='alert(1)'>\"&\u0000";
        var row = Row(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["name"] = Evil, ["state"] = Evil, ["zonename"] = Evil, ["account"] = Evil, ["size"] = 5e9, ["id"] = Evil,
        }));
        var report = new InventoryReport([Evil], DateTimeOffset.UnixEpoch, [.. InventorySource.All.Select(source => source.Table([(Evil, row)]))]);

        var page = InventoryHtml.Write(report);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", Regex.Replace(page, "http-equiv", ""), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(page, "</table>"));
        Assert.DoesNotContain('\0', page);
    }

    [Fact]
    public void A_chart_is_well_formed_puts_the_longest_first_and_adds_up_the_rest()
    {
        var page = new StringBuilder();

        BarChart.Write(page, "By <zone>", Enumerable.Range(1, 20).Select(i => ($"zone & {i}", (double)i)), "GB");

        var chart = XElement.Parse(page.ToString());
        var texts = chart.Descendants("text").Select(text => text.Value).ToList();
        Assert.Equal(8, chart.Descendants("rect").Count());
        Assert.Equal("zone & 20", texts[0]);
        Assert.Contains("13 others", texts);
        Assert.All(chart.Descendants("rect"), bar => Assert.InRange(double.Parse(bar.Attribute("width")!.Value), 2, 210));
    }

    private static CloudObject Row(string json) => new(JsonDocument.Parse(json).RootElement);
}
