Describe 'Connections' {
    BeforeAll { . $PSScriptRoot/Module.ps1 }

    It 'shows who is connected and no secret' {
        $connection = Get-CsConnection
        $connection.Name | Should -Be 'simulator'
        $connection.IsDefault | Should -BeTrue
        $connection | Format-List * | Out-String | Should -Not -Match 'secret'
    }

    It 'makes the last connection the default' {
        Connect-CsCloud -Simulator -Name second | Out-Null
        (Get-CsConnection | Where-Object IsDefault).Name | Should -Be 'second'
        Disconnect-CsCloud -Connection second
        (Get-CsConnection | Where-Object IsDefault).Name | Should -Be 'simulator'
    }

    It 'keeps a change on one cloud away from the other' {
        Connect-CsCloud -Simulator -Name other | Out-Null
        $machine = (Get-CsVirtualMachine -Connection simulator)[0]
        Stop-CsVirtualMachine $machine.Id -Connection other | Out-Null
        (Get-CsVirtualMachine $machine -Connection simulator).State | Should -Be 'Running'
        (Get-CsVirtualMachine $machine.Id -Connection other).State | Should -Be 'Stopped'
        Disconnect-CsCloud -Connection other
    }

    It 'closes what comes through the pipeline and nothing else' {
        'second', 'third' | ForEach-Object { Connect-CsCloud -Simulator -Name $_ | Out-Null }
        Get-CsConnection second, third | Disconnect-CsCloud
        { $null | Disconnect-CsCloud -ErrorAction Stop } | Should -Throw
        (Get-CsConnection).Name | Should -Be 'simulator'
    }

    It 'takes a default from PSDefaultParameterValues' {
        Connect-CsCloud -Simulator -Name named | Out-Null
        $PSDefaultParameterValues = @{ '*-Cs*:Connection' = 'simulator', 'named' }
        @(Get-CsZone | Select-Object -ExpandProperty Connection -Unique) | Should -Be @('simulator', 'named')
        $PSDefaultParameterValues = @{}
        Disconnect-CsCloud -Connection named
    }

    It 'warns where certificates are not checked' {
        $secret = [System.Net.NetworkCredential]::new('', 'x').SecurePassword
        { Connect-CsCloud -Url https://127.0.0.1:9 -ApiKey k -SecretKey $secret -SkipCertificateCheck -WarningVariable script:warned -WarningAction SilentlyContinue } |
            Should -Throw -ErrorId 'CloudStack.Unreachable,*'
        "$warned" | Should -Match 'certificate'
    }

    It 'refuses an address that carries a password' {
        $secret = [System.Net.NetworkCredential]::new('', 'x').SecurePassword
        { Connect-CsCloud -Url https://admin:hunter2@cloud.example.com -ApiKey k -SecretKey $secret } |
            Should -Throw -ErrorId 'CloudStack.InvalidArgument,*'
    }
}
