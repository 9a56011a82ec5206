# Measures what a person waits for in a fresh PowerShell: the import beside that of a made-up module with the same number of
# empty cmdlets and parameters, and the first Get-Help. Each measurement is a process of its own; the two take turns.
[CmdletBinding()]
param([string] $Module, [int] $Pairs = 9)

$ErrorActionPreference = 'Stop'
function Get-Median([double[]] $Values) { ($Values | Sort-Object)[[math]::Floor(($Values.Count - 1) / 2)] }

function Measure-Fresh([string] $Script) {
    [double] (pwsh -NoProfile -NonInteractive -Command "`$watch = [Diagnostics.Stopwatch]::StartNew(); $Script; `$watch.Stop(); `$watch.Elapsed.TotalMilliseconds")
}

$folder = Join-Path ([IO.Path]::GetTempPath()) "synthetic-$PID/Synthetic"
$null = New-Item -ItemType Directory $folder
try {
    $imported = Import-Module $Module -PassThru
    $cmdlets = @($imported.ExportedCmdlets.Values | Sort-Object Name)
    $types = 'string', 'int', 'bool', 'string[]'
    $parameters = 0
    $classes = foreach ($cmdlet in $cmdlets) {
        $own = @($cmdlet.ImplementingType.GetProperties() | Where-Object { $_.GetCustomAttributes([Parameter], $true) })
        $parameters += $own.Count
        $properties = for ($i = 0; $i -lt $own.Count; $i++) { "[Parameter] public $($types[$i % 4]) P$i { get; set; }" }
        "[Cmdlet(`"$($cmdlet.Verb)`", `"Sy$($cmdlet.Noun)`")] public sealed class $($cmdlet.Verb)Sy$($cmdlet.Noun) : PSCmdlet { $properties }"
    }

    Add-Type -TypeDefinition ("using System.Management.Automation;`n" + ($classes -join "`n")) -OutputAssembly "$folder/Synthetic.dll"
    $names = $cmdlets | ForEach-Object { "$($_.Verb)-Sy$($_.Noun)" }
    New-ModuleManifest "$folder/Synthetic.psd1" -RootModule Synthetic.dll -CmdletsToExport $names -FunctionsToExport @() -AliasesToExport @() -VariablesToExport @()

    $ours, $synthetic, $help = @(), @(), @()
    for ($i = 0; $i -lt $Pairs; $i++) {
        $synthetic += Measure-Fresh "Import-Module '$folder/Synthetic.psd1'"
        $ours += Measure-Fresh "Import-Module '$Module'"
        $help += [double] (pwsh -NoProfile -NonInteractive -Command "Import-Module '$Module'; `$watch = [Diagnostics.Stopwatch]::StartNew(); `$null = Get-Help Stop-CsVirtualMachine; `$watch.Elapsed.TotalMilliseconds")
    }

    $a, $b = (Get-Median $ours), (Get-Median $synthetic)
    '{0} cmdlets with {1} parameters, {2} pairs of fresh processes, medians' -f $cmdlets.Count, $parameters, $Pairs
    '  Import-Module, ms                  {0:0}' -f $a
    '  the made-up module, ms             {0:0}' -f $b
    '  ratio                              {0:0.00}' -f ($a / $b)
    # Others who use the machine only ever add to a time, so the least of many says most on one that isn't quiet.
    $a, $b = ($ours | Measure-Object -Minimum).Minimum, ($synthetic | Measure-Object -Minimum).Minimum
    '  ratio of the least ({0:0} ms, {1:0} ms) {2:0.00}' -f $a, $b, ($a / $b)
    '  first Get-Help, ms                 {0:0}' -f (Get-Median $help)
}
finally {
    Remove-Item (Split-Path $folder) -Recurse -Force
}
