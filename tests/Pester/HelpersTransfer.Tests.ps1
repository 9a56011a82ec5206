Describe 'Consoles and images' {
    BeforeAll { . $PSScriptRoot/Module.ps1 }

    It 'gives the address of a console where there is no browser' {
        (Enter-CsConsole web-01 -NoBrowser).Url.Scheme | Should -Be 'https'
    }

    It 'saves what is piped, under its own name' {
        $saved = Get-CsTemplate -TemplateFilter featured -Name 'Debian 12' | Save-CsTemplate -Path $TestDrive
        $saved.Name | Should -Be 'Debian 12.qcow2'
        $saved.Length | Should -BeGreaterThan 1000
    }

    It 'keeps a file that is there' {
        { Save-CsTemplate 'Debian 12' $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.Local,*'
    }

    It 'gets back what it sent' {
        Set-Content "$TestDrive/own.qcow2" 'contents' -NoNewline
        $sent = Send-CsTemplate "$TestDrive/own.qcow2" fra1 -Hypervisor KVM -Checksum (Get-FileHash "$TestDrive/own.qcow2").Hash
        $sent.IsReady | Should -BeTrue
        Get-Content ($sent | Save-CsTemplate -Path "$TestDrive/back.qcow2") | Should -Be 'contents'
    }

    It 'sends nothing under -WhatIf' {
        Send-CsVolume "$TestDrive/own.qcow2" fra1 -Name never -WhatIf
        Get-CsVolume -ListAll $true -Name never | Should -BeNullOrEmpty
    }

    It 'uploads a volume that a machine can then have' {
        $volume = Send-CsVolume "$TestDrive/own.qcow2" fra1 -Name data
        $volume.State | Should -Be 'Uploaded'
    }
}
