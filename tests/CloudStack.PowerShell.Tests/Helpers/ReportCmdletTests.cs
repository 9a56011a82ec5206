using CloudStack.PowerShell.Tests.Engine;

namespace CloudStack.PowerShell.Tests.Helpers;

/// <summary>Usage, topology and inventory of the simulated cloud.</summary>
[Collection(EngineCollection.Name)]
public sealed class ReportCmdletTests(PowerShellEngine engine) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-report-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EngineFact]
    public void Usage_is_counted_for_the_own_account_for_a_piped_one_and_for_a_project() => Assert.Equal(
        ["admin Account 2", "web-team Account 5", "Storefront Project 1"],
        engine.RunConnected("""
            $usage = @(Get-CsResourceUsage) + @(Get-CsAccount -ListAll $true -Name web-team | Get-CsResourceUsage) + @(Get-CsProject -ListAll $true | Get-CsResourceUsage)
            $usage | Where-Object Resource -eq VirtualMachine | ForEach-Object { "$($_.Owner) $($_.Kind) $($_.Used)" }
            """).Clean());

    [EngineFact]
    public void Usage_of_several_clouds_says_where_each_comes_from_and_one_that_fails_stops_no_other() => Assert.Equal(
        ["one two", "admin one,admin two", "two", "one: ", "True"],
        engine.Run("""
            $null = Connect-CsCloud -Simulator -Name one
            $null = Connect-CsCloud -Simulator -Name two
            $both = Get-CsResourceUsage -All -Connection one, two | Where-Object Resource -EQ VirtualMachine
            "$($both.Connection | Select-Object -Unique)"
            ($both | Where-Object Owner -EQ admin | ForEach-Object { "$($_.Owner) $($_.Connection)" }) -join ','
            Set-CsSimulator -Connection one -Fault @{ fault = 'refuse'; command = 'listAccounts'; status = 530 }
            $two = Get-CsResourceUsage -Connection one, two -ErrorVariable failed -ErrorAction SilentlyContinue
            "$($two.Connection | Select-Object -Unique)"
            "$($failed[0])".Substring(0, 5)
            ($two | Select-Object -First 1 | Out-String -Width 120) -match '(?s)Connection\s+-+.+two\s*$'
            """).Clean());

    [EngineFact]
    public void An_account_and_a_project_at_once_are_refused() => Assert.StartsWith(
        "CloudStack.InvalidArgument,", engine.RunConnected("Get-CsResourceUsage web-team -ProjectId Storefront").OnlyError().Id, StringComparison.Ordinal);

    [EngineFact]
    public void The_topology_is_a_tree_whose_load_is_that_of_its_hosts() => Assert.Equal(
        ["Zone Pod Cluster Host Host", "True", "2", "└─ ams1-pod-1"],
        engine.RunConnected("""
            $tree = Get-CsTopology ams1
            "$($tree.Kind)"
            $tree[0].MemoryAllocated -eq ($tree | Where-Object Kind -eq Host | Measure-Object MemoryAllocated -Sum).Sum -and $tree[0].MemoryAllocated -gt 0
            $tree[2].Children.Count
            $tree[1].Tree
            """).Clean());

    [EngineFact]
    public void The_topology_is_shown_as_a_table_with_the_lines_of_a_tree() => Assert.Matches(
        @"(?s)^Name +Kind +State +Hosts +Cpu% +Memory% +MemoryGB.*└─ fra1-pod-1 +Pod",
        engine.RunConnected("(Get-CsTopology | Out-String -Width 120).Trim()").Clean()[0]);

    [EngineFact]
    public void An_inventory_holds_every_machine_network_and_volume_of_projects_too() => Assert.Equal(
        ["True", "True", "Storefront", "True"],
        engine.RunConnected($$"""
            $csv = Import-Csv (Export-CsInventory '{{_folder}}/all.csv')
            $json = Get-Content (Export-CsInventory '{{_folder}}/all.json') -Raw | ConvertFrom-Json
            $all = @(Get-CsVirtualMachine -ListAll $true) + @(Get-CsVirtualMachine -ListAll $true -ProjectId '-1') | Sort-Object Id -Unique
            @($csv | Where-Object Kind -eq VirtualMachine).Count -eq $all.Count
            $json.VirtualMachine.Count -eq $all.Count -and $json.Volume[0].SizeGB -isnot [string]
            ($csv | Where-Object Name -eq shop-01).Project
            ($csv | Group-Object Kind).Count -eq 3
            """).Clean());

    [EngineFact]
    public void A_zone_narrows_an_inventory_and_two_clouds_go_into_one() => Assert.Equal(
        ["ams1", "one two"],
        engine.RunConnected($$"""
            "$((Import-Csv (Export-CsInventory '{{_folder}}/zone.csv' -ZoneId ams1)).Zone | Sort-Object -Unique)"
            $null = Connect-CsCloud -Simulator -Name one
            $null = Connect-CsCloud -Simulator -Name two
            "$((Import-Csv (Export-CsInventory '{{_folder}}/two.csv' -Connection one, two)).Cloud | Sort-Object -Unique)"
            """).Clean());

    [EngineFact]
    public void A_report_that_is_there_stays_unless_forced_and_the_ending_says_what_to_write()
    {
        var result = engine.RunConnected($$"""
            Set-Content '{{_folder}}/mine.html' mine -NoNewline
            Export-CsInventory '{{_folder}}/mine.html'
            Get-Content '{{_folder}}/mine.html'
            Export-CsInventory '{{_folder}}/all.txt'
            (Export-CsInventory '{{_folder}}/mine.html' -Force).Length -gt 5000
            (Export-CsInventory '{{_folder}}/all.txt' -Format Json).Name
            """);

        Assert.Equal(["mine", "True", "all.txt"], result.Output);
        Assert.Equal(["CloudStack.Local", "CloudStack.InvalidArgument"], result.Errors.Select(error => error.Id.Split(',')[0]));
    }

    [EngineFact]
    public void A_page_escapes_what_volumes_are_called_and_a_table_defuses_it() => Assert.Equal(
        ["False", "True", "'=1+1"],
        engine.RunConnected($$"""
            $null = Update-CsVolume scratch -Name '=1+1'
            $null = Update-CsVolume db-01-data -Name '<script>alert(1)</script>'
            $page = Get-Content (Export-CsInventory '{{_folder}}/page.html') -Raw
            $page.Contains('<script')
            $page.Contains('&lt;script&gt;')
            (Import-Csv (Export-CsInventory '{{_folder}}/all.csv') | Where-Object Name -like '*1+1').Name | Select-Object -First 1
            """).Clean());

    [EngineFact]
    public void Helpers_work_in_the_cloud_that_a_piped_object_came_from() => Assert.Equal(
        ["one", "one", "one"],
        engine.Run($$"""
            $null = Connect-CsCloud -Simulator -Name one
            $account = Get-CsAccount -ListAll $true -Name web-team
            $machine = Get-CsVirtualMachine bastion-01
            $iso = @(Get-CsIso)[0]
            $null = Connect-CsCloud -Simulator -Name two
            ($account | Get-CsResourceUsage).Connection | Select-Object -Unique
            ($machine | Enter-CsConsole -NoBrowser).Connection
            $null = $iso | Save-CsIso -Path '{{_folder}}/disc.iso' -Force
            (Get-CsSimulatorRequest -Connection one | Where-Object Command -eq extractIso).Count -eq 1 ? 'one' : 'two'
            """).Clean());
}
