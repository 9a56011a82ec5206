Describe 'Finding what to call' {
    BeforeAll {
        . $PSScriptRoot/Module.ps1
        function Complete([string] $line) {
            (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText
        }
    }

    It 'finds commands by words of their names' {
        (Find-CsCommand snapshot policy).Cmdlet | Should -Contain 'New-CsSnapshotPolicy'
    }

    It 'finds a command by its API name' { (Find-CsCommand listZones)[0].Cmdlet | Should -Be 'Get-CsZone' }

    It 'finds nothing for nonsense' { Find-CsCommand qwertzuiop | Should -BeNullOrEmpty }

    It 'completes API commands' { Complete 'Invoke-CsApi listZon' | Should -Contain 'listZones' }

    It 'completes connections' { Complete 'Get-CsZone -Connection sim' | Should -Be 'simulator' }

    It 'completes known values' {
        Complete 'Get-CsAffinityGroup -' | Should -Contain '-Connection'
    }

    It 'warns of a command the catalog does not know, and asks before calling it' {
        { Invoke-CsApi doSomethingNew @{ id = 1 } -WhatIf -WarningVariable script:warned -WarningAction SilentlyContinue } | Should -Not -Throw
        "$warned" | Should -Match 'doSomethingNew'
    }

    It 'passes on what the server says to an unknown command' {
        { Invoke-CsApi listSomethingNew -WarningAction SilentlyContinue -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.*'
    }
}
