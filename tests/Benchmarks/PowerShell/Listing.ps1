# Measures lists and single calls beside the client alone and beside Invoke-RestMethod, in one process, in turn, on the same
# answers of the same server; then completion, and memory while a long list streams.
[CmdletBinding()]
param([string] $Module, [string] $Url, [string] $ApiKey, [string] $SecretKey, [int] $Pairs = 15)

$ErrorActionPreference = 'Stop'
function Get-Median([double[]] $Values) { ($Values | Sort-Object)[[math]::Floor(($Values.Count - 1) / 2)] }

Import-Module $Module
$secret = [System.Net.NetworkCredential]::new('', $SecretKey).SecurePassword
$env:CLOUDSTACK_AUDIT_LOG = Join-Path ([IO.Path]::GetTempPath()) "benchmark-$PID.jsonl"

# The same assemblies once more, apart from the module's own.
$lib = Join-Path (Split-Path $Module) lib
'Cloud.Core', 'Polly.Core', 'CloudStack.Client' | ForEach-Object { $null = [Reflection.Assembly]::LoadFrom("$lib/$_.dll") }
Add-Type -IgnoreWarnings -ReferencedAssemblies "$lib/Cloud.Core.dll", "$lib/CloudStack.Client.dll", 'System.Collections', 'System.Runtime', 'System.Linq', 'System.Net.Http', 'System.Text.Json', 'netstandard' -WarningAction SilentlyContinue -TypeDefinition @'
using System.Collections.Generic;
using System.Threading.Tasks;
using Cloud.Core.Operations;
using CloudStack.Client;
public sealed class Alone
{
    private readonly CloudStackProvider _provider;
    public Alone(string url, string key, string secret) =>
        _provider = CloudStackProvider.Create(new CloudStackConnection(url, new ApiKeyCredentials(key, secret)));
    public int List() => Task.Run(async () => {
        var count = 0;
        var list = new BoundCommand(_provider.Catalog.FindCommand("listVirtualMachines"), new Dictionary<string, object> { ["listall"] = true });
        await foreach (var page in _provider.PageAsync(list, RowRange.All, default)) { count += page.Objects.Count; }
        return count;
    }).GetAwaiter().GetResult();
    public int Call() => Task.Run(async () =>
        (await _provider.SendAsync(new BoundCommand(_provider.Catalog.FindCommand("listZones"), new Dictionary<string, object>()), default)).Objects.Count)
        .GetAwaiter().GetResult();
}
'@
$api = "$Url/5000/client/api"
$null = Connect-CsCloud -Url $api -ApiKey $ApiKey -SecretKey $secret -Name machines
$alone = [Alone]::new($api, $ApiKey, $SecretKey)

function Measure-One([scriptblock] $Script) {
    [GC]::Collect()
    $watch = [Diagnostics.Stopwatch]::StartNew()
    & $Script
    $watch.Elapsed.TotalMilliseconds
}

$rest = {
    $page = 0
    do {
        $page++
        $got = (Invoke-RestMethod "$api`?command=listVirtualMachines&listall=true&page=$page&pagesize=500&response=json").listvirtualmachinesresponse
        $got.virtualmachine
    } while ($page * 500 -lt $got.count)
}
$count = @(Get-CsVirtualMachine -ListAll $true).Count, $alone.List(), @(& $rest).Count | Select-Object -Unique
if ($count -ne 5000) { throw "Not 5000 machines: $count" }
$cmdlet, $client, $web = @(), @(), @()
for ($i = -5; $i -lt $Pairs; $i++) {
    $a = Measure-One { Get-CsVirtualMachine -ListAll $true > $null }
    $b = Measure-One { $null = $alone.List() }
    $c = if ($i % 3 -eq 0) { Measure-One { & $rest > $null } }
    if ($i -ge 0) { $cmdlet += $a; $client += $b; if ($c) { $web += $c } }
}
$a, $b, $c = (Get-Median $cmdlet), (Get-Median $client), (Get-Median $web)
'5,000 machines to $null, {0} pairs, medians' -f $Pairs
'  Get-CsVirtualMachine, ms           {0:0.0}' -f $a
'  the client alone, ms               {0:0.0}' -f $b
'  ratio                              {0:0.00}' -f ($a / $b)
'  Invoke-RestMethod with pages, ms   {0:0.0}' -f $c
'  ratio                              {0:0.00}' -f ($a / $c)

$cmdlet, $client = @(), @()
for ($i = -200; $i -lt 600; $i++) {
    $watch = [Diagnostics.Stopwatch]::StartNew(); $null = Get-CsZone; $x = $watch.Elapsed.TotalMilliseconds
    $watch = [Diagnostics.Stopwatch]::StartNew(); $null = $alone.Call(); $y = $watch.Elapsed.TotalMilliseconds
    if ($i -ge 0) { $cmdlet += $x; $client += $y }
}
'One call (Get-CsZone), 600 pairs, medians'
'  cmdlet, ms                         {0:0.00}' -f (Get-Median $cmdlet)
'  the client alone, ms               {0:0.00}' -f (Get-Median $client)
'  overhead, ms                       {0:0.00}' -f ((Get-Median $cmdlet) - (Get-Median $client))

$line = 'Get-CsZone -Id '
$taken = for ($i = -10; $i -lt 40; $i++) {
    $watch = [Diagnostics.Stopwatch]::StartNew(); $null = TabExpansion2 $line $line.Length; if ($i -ge 0) { $watch.Elapsed.TotalMilliseconds }
}
'Completion from cache, ms            {0:0.0}' -f (Get-Median $taken)

$null = Connect-CsCloud -Url "$Url/100000/client/api" -ApiKey $ApiKey -SecretKey $secret -Name many
[GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect()
$process = [Diagnostics.Process]::GetCurrentProcess()
$marks = [Collections.Generic.List[double]]::new()
$seen = 0
Get-CsVirtualMachine -ListAll $true | ForEach-Object {
    $script:seen++
    if ($script:seen % 10000 -eq 0) { $process.Refresh(); $marks.Add($process.WorkingSet64 / 1MB) }
}
'100,000 machines streamed: {0} came; working set in MB after each 10,000: {1}' -f $seen, (($marks | ForEach-Object { '{0:0}' -f $_ }) -join ' ')
Remove-Item $env:CLOUDSTACK_AUDIT_LOG -ErrorAction SilentlyContinue
