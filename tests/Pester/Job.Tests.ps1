Describe 'Jobs' {
    BeforeAll {
        . $PSScriptRoot/Module.ps1
        Connect-CsCloud -Simulator -Name slow -JobDuration ([timespan]::FromMilliseconds(300)) | Out-Null
        $script:machine = (Get-CsVirtualMachine -State Running)[0].Name
    }

    It 'are returned by -NoWait and followed by Wait-CsJob' {
        $job = Stop-CsVirtualMachine $machine -NoWait
        $job.Command | Should -Be 'stopVirtualMachine'
        ($job | Wait-CsJob).State | Should -Be 'Stopped'
    }

    It 'are listed while they run and followed from the list' {
        Connect-CsCloud -Simulator -Name held -JobDuration 00:10:00 | Out-Null
        $job = Stop-CsVirtualMachine $machine -NoWait -Connection held
        $listed = Get-CsAsyncJob -Connection held
        $listed.JobId | Should -Contain $job.JobId
        Set-CsSimulator -Advance 00:10:00 -Connection held
        ($listed | Wait-CsJob).Name | Should -Be $machine
        Disconnect-CsCloud -Connection held
    }

    It 'are followed by their id' {
        $job = Start-CsVirtualMachine $machine -NoWait
        (Wait-CsJob $job.JobId).Name | Should -Be $machine
    }

    It 'remember their connection' {
        $job = Stop-CsVirtualMachine $machine -NoWait -Connection slow
        Connect-CsCloud -Simulator -Name elsewhere | Out-Null
        ($job | Wait-CsJob).State | Should -Be 'Stopped'
        Disconnect-CsCloud -Connection elsewhere
    }

    It 'that fail are errors with the server''s words' {
        $job = Stop-CsVirtualMachine $machine -NoWait -Connection slow
        { $job | Wait-CsJob -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.*'
    }

    It 'that are unknown are errors' {
        { Wait-CsJob '0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11' -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.*'
    }

    It 'that take too long go on without us' {
        Connect-CsCloud -Simulator -Name slowest -JobDuration 00:01:00 | Out-Null
        $job = Stop-CsVirtualMachine $machine -NoWait
        { $job | Wait-CsJob -Timeout 1 -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.TimedOut,*'
    }
}
