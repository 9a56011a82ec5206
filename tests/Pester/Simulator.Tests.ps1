Describe 'The simulator' {
    BeforeAll {
        . $PSScriptRoot/Module.ps1
    }

    AfterEach {
        Disconnect-CsCloud -Connection (Get-CsConnection)
        Connect-CsCloud -Simulator | Out-Null
    }

    It 'is as large as asked for' {
        Connect-CsCloud -Simulator -Seed 40 | Out-Null

        (Get-CsVirtualMachine -ListAll $true -ProjectId '-1').Count | Should -Be 40
    }

    It 'is a cloud of its own for each connection' {
        $first = Connect-CsCloud -Simulator -Name first
        $second = Connect-CsCloud -Simulator -Name second
        New-CsDomain -Name only-here -Connection $first | Out-Null

        (Get-CsDomain -ListAll $true -Connection $first).Name | Should -Contain 'only-here'
        (Get-CsDomain -ListAll $true -Connection $second).Name | Should -Not -Contain 'only-here'
    }

    It 'ends jobs when its clock is moved' {
        Connect-CsCloud -Simulator -Clock stepped -JobDuration 00:01:00 | Out-Null
        $job = Stop-CsVirtualMachine web-01 -NoWait

        (Get-CsAsyncJob).Count | Should -Be 1
        Set-CsSimulator -Advance 00:01:00
        ($job | Wait-CsJob).State | Should -Be 'Stopped'
    }

    It 'shows requests by command, without secrets' {
        Get-CsZone | Out-Null
        Get-CsHost | Out-Null

        $request = Get-CsSimulatorRequest listZ* -Last 1
        $request.Command | Should -Be 'listZones'
        $request.Parameters['signature'] | Should -Be '***'
    }

    It 'takes faults as hashtables and as lines, and forgets them' {
        Set-CsSimulator -Fault @{ fault = 'refuse'; status = 531; times = 5 }, '{"latencySeconds":0}'
        { Get-CsZone -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.*'

        Set-CsSimulator -ClearFault
        (Get-CsZone).Count | Should -Be 2
    }

    It 'sets nothing where it does not understand all' {
        { Set-CsSimulator -Fault 'nonsense' -Clock stepped -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.InvalidArgument*'
        { Set-CsSimulator -Fault @{ fault = 'refuse' } -Clock backwards -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.InvalidArgument*'
        { Set-CsSimulator -Advance '-00:01:00' -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.InvalidArgument*'

        (Get-CsZone).Count | Should -Be 2
    }

    It 'refuses a size and a clock it does not know' {
        { Connect-CsCloud -Simulator -Seed gigantic -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.InvalidArgument*'
        { Connect-CsCloud -Simulator -Clock backwards -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.InvalidArgument*'
    }

    It 'is documented with the very test that runs here' {
        $documented = (Get-Content "$PSScriptRoot/../../docs/simulator.md" -Raw) -replace '(?s).*?```powershell\r?\n(.*?)```.*', '$1'
        $run = (Get-Content "$PSScriptRoot/Runbook.Tests.ps1") -notmatch 'Module\.ps1'

        ($documented -split '\r?\n' -join "`n").Trim() | Should -BeExactly ($run -join "`n").Trim()
    }
}
