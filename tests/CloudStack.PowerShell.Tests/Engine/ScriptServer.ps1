# Runs scripts for the engine tests: one script a line on standard input and one answer a line on standard output, both in
# base64 so that nothing in them can break the lines. An answer starts with a mark: hosts write there too, -WhatIf for one.
param([Parameter(Mandatory)] [string] $Module)

Import-Module $Module

# Completes a line to its first offer. Names that don't come at once come with a later question, as a person's next Tab would show;
# -Once asks no second time.
function Complete([string] $Line, [switch] $Once) {
    $until = [DateTime]::UtcNow.AddSeconds(30)
    do {
        $offer = (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Select-Object -First 1
    } until ($offer -or $Once -or [DateTime]::UtcNow -gt $until)

    $offer
}

$encoding = [System.Text.Encoding]::UTF8
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $script = [scriptblock]::Create($encoding.GetString([Convert]::FromBase64String($line)))
    $answer = @{ Output = @(); Errors = @(); Warnings = @() }
    $records = try { & $script 2>&1 3>&1 } catch { $_ }
    foreach ($record in $records) {
        if ($record -is [System.Management.Automation.ErrorRecord]) {
            $answer.Errors += @{
                Id          = $record.FullyQualifiedErrorId
                Category    = "$($record.CategoryInfo.Category)"
                Message     = "$record"
                Target      = if ($null -ne $record.TargetObject) { "$($record.TargetObject)" }
                Recommended = $record.ErrorDetails.RecommendedAction
            }
        }
        elseif ($record -is [System.Management.Automation.WarningRecord]) {
            $answer.Warnings += "$record"
        }
        else {
            $answer.Output += "$record"
        }
    }

    Get-CsConnection | ForEach-Object { Disconnect-CsCloud -Connection $_ }
    $json = ConvertTo-Json $answer -Depth 4 -Compress
    [Console]::Out.WriteLine('answer:' + [Convert]::ToBase64String($encoding.GetBytes($json)))
}
