Describe 'A virtual machine''s life' {
    BeforeAll {
        . $PSScriptRoot/Module.ps1
        $script:machine = New-CsVirtualMachine -Name pester-01 -ZoneId fra1 -TemplateId 'Debian 12' -ServiceOfferingId Small
    }

    It 'begins running' {
        $machine.State | Should -Be 'Running'
        $machine.PSTypeNames[0] | Should -Be 'CloudStack.Client.Models.VirtualMachine'
    }

    It 'is found by name' { (Get-CsVirtualMachine pester-01).Id | Should -Be $machine.Id }

    It 'is renamed by what comes from the pipeline' {
        ($machine | Update-CsVirtualMachine -DisplayName 'front end').DisplayName | Should -Be 'front end'
    }

    It 'is stopped by its alias' { (stopVirtualMachine pester-01).State | Should -Be 'Stopped' }

    It 'refuses to stop twice' { { Stop-CsVirtualMachine pester-01 -ErrorAction Stop } | Should -Throw -ErrorId 'CloudStack.*' }

    It 'is started again with all others that are stopped' {
        Get-CsVirtualMachine | Where-Object State -EQ Stopped | Start-CsVirtualMachine | Out-Null
        Get-CsVirtualMachine | Where-Object State -EQ Stopped | Should -BeNullOrEmpty
    }

    It 'gets a snapshot of its volume' {
        $volume = Get-CsVolume -VirtualMachineId pester-01
        ($volume | New-CsSnapshot).VolumeId | Should -Be $volume.Id
    }

    It 'is tagged by a hashtable, in silence' {
        New-CsTag -ResourceIds $machine.Id -ResourceType UserVm -Tags @{ tier = 'web'; owner = "Z`u{fc}rich" } | Should -BeNullOrEmpty
        (Get-CsTag -ResourceId $machine.Id | Where-Object Key -EQ owner).Value | Should -Be "Z`u{fc}rich"
    }

    It 'stays where -WhatIf is given' {
        Remove-CsVirtualMachine pester-01 -WhatIf
        (Get-CsVirtualMachine pester-01).State | Should -Be 'Running'
    }

    It 'ends with -Confirm:$false' {
        Remove-CsVirtualMachine pester-01 -Confirm:$false | Out-Null
        (Get-CsVirtualMachine -State Running).Name | Should -Not -Contain 'pester-01'
    }

    It 'stops nothing where what it was to narrow by was not found' {
        $zone = Get-CsZone no-such-zone -ErrorAction SilentlyContinue
        $running = @(Get-CsVirtualMachine -ListAll $true -State Running).Count
        Get-CsVirtualMachine -ListAll $true -ZoneId $zone.Id -ErrorAction SilentlyContinue -ErrorVariable problem | Stop-CsVirtualMachine

        $problem.FullyQualifiedErrorId | Should -BeLike 'CloudStack.InvalidArgument,*'
        @(Get-CsVirtualMachine -ListAll $true -State Running).Count | Should -Be $running
    }
}
