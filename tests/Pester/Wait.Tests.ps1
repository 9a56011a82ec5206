Describe 'Waiting for several jobs' {
    BeforeAll {
        . $PSScriptRoot/Module.ps1
        Connect-CsCloud -Simulator -Name several -JobDuration ([timespan]::FromMilliseconds(400)) | Out-Null
        $script:machines = @(Get-CsVirtualMachine -State Running -ListAll $true -First 4)
    }

    It 'takes as long as the longest and not as all together' {
        $jobs = $machines | Stop-CsVirtualMachine -NoWait
        $watch = [Diagnostics.Stopwatch]::StartNew()
        ($jobs | Wait-CsJob).State | Select-Object -Unique | Should -Be 'Stopped'
        $watch.ElapsedMilliseconds | Should -BeLessThan 1500
    }

    It 'ends with the first under -Any' {
        $jobs = $machines | Start-CsVirtualMachine -NoWait
        @($jobs | Wait-CsJob -Any -WarningVariable warned).Count | Should -BeGreaterOrEqual 1
        $warned | Should -BeNullOrEmpty
        $jobs | Wait-CsJob | Out-Null
    }

    It 'gives an error for each that fails and the results of the others' {
        $good = Stop-CsVirtualMachine $machines[0] -NoWait
        $results = $good.JobId, '0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11' | Wait-CsJob -ErrorAction SilentlyContinue -ErrorVariable problems
        $results.State | Should -Be 'Stopped'
        $problems.Count | Should -Be 1
        $problems[0].TargetObject | Should -Be '0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11'
    }

    It 'tells each job that is late' {
        Connect-CsCloud -Simulator -Name slowest -JobDuration 00:01:00 | Out-Null
        $jobs = Get-CsVirtualMachine -State Running -First 2 | Stop-CsVirtualMachine -NoWait
        $jobs | Wait-CsJob -Timeout 1 -ErrorAction SilentlyContinue -ErrorVariable late
        $late.CategoryInfo.Category | Should -Be 'OperationTimeout', 'OperationTimeout'
        $late.TargetObject | Sort-Object | Should -Be ($jobs.JobId | Sort-Object)
    }
}
