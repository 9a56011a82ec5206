Describe 'A runbook that restarts stopped web servers' {
    BeforeAll {
        . $PSScriptRoot/Module.ps1
        function Invoke-WebServerRunbook {
            [CmdletBinding()] param()
            Get-CsVirtualMachine -ListAll $true -State Stopped -Keyword web | Start-CsVirtualMachine
        }
    }

    BeforeEach {
        Connect-CsCloud -Simulator -Name test -Seed small -Clock stepped | Out-Null
    }

    AfterEach {
        Disconnect-CsCloud -Connection test
    }

    It 'starts what is stopped and leaves the rest alone' {
        Invoke-WebServerRunbook

        $changes = Get-CsSimulatorRequest | Where-Object ChangedState
        $changes.Command | Should -Be 'startVirtualMachine'
        Get-CsVirtualMachine -ListAll $true -State Stopped -Keyword web | Should -BeNullOrEmpty
    }

    It 'says so when the cloud refuses' {
        Set-CsSimulator -Fault @{ fault = 'refuse'; command = 'startVirtualMachine'; status = 533 }

        { Invoke-WebServerRunbook -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.*'
    }

    It 'finds destroyed machines gone after a day' {
        Get-CsVirtualMachine -ListAll $true -Name web-staging | Remove-CsVirtualMachine -Force

        Set-CsSimulator -Advance 2.00:00:00

        Get-CsVirtualMachine -ListAll $true -Name web-staging | Should -BeNullOrEmpty
    }
}
