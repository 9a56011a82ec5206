Describe 'Usage, topology and inventory' {
    BeforeAll { . $PSScriptRoot/Module.ps1 }

    It 'tells what the own account uses' {
        $usage = Get-CsResourceUsage | Where-Object Resource -EQ VirtualMachine
        $usage.Owner | Should -Be 'admin'
        $usage.Used | Should -BeGreaterThan 0
        $usage.Limit | Should -BeNullOrEmpty
    }

    It 'shows the tree from the zone down to its hosts' {
        $tree = Get-CsTopology ams1
        $tree.Kind | Select-Object -Unique | Should -Be @('Zone', 'Pod', 'Cluster', 'Host')
        $tree[0].Hosts | Should -Be @($tree | Where-Object Kind -EQ Host).Count
    }

    It 'counts what the lists count' {
        $rows = Import-Csv (Export-CsInventory "$TestDrive/all.csv")
        @($rows | Where-Object Kind -EQ Network).Count | Should -BeGreaterOrEqual @(Get-CsNetwork -ListAll $true).Count
    }

    It 'writes a page that needs nothing else' {
        $page = Get-Content (Export-CsInventory "$TestDrive/all.html") -Raw
        $page | Should -Match '<svg'
        $page | Should -Not -Match '<script|src=|https?://'
    }
}
