@{
    RootModule           = 'CloudStack.PowerShell.psm1'
    # In this order: the first prepares a load context of their own for what the second needs.
    NestedModules        = @('lib/CloudStack.PowerShell.Loading.dll', 'lib/CloudStack.PowerShell.dll')
    ModuleVersion        = '0.1.0'
    GUID                 = '6d0f3c1e-9a57-4b0e-8c55-3f1b7a2d94e6'
    Author               = 'CloudStack.PowerShell contributors'
    Copyright            = 'Licensed under the Apache License 2.0'
    Description          = 'One cmdlet for every command of the Apache CloudStack API, with names for ids, pipelines, confirmation by danger, jobs that are followed, an audit trail and a simulated cloud to try it all on.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    TypesToProcess       = @('CloudStack.PowerShell.types.ps1xml')
    FormatsToProcess     = @('CloudStack.PowerShell.format.ps1xml', 'CloudStack.PowerShell.Helpers.format.ps1xml', 'CloudStack.PowerShell.Lists.format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    # At import the engine compares each command with these names one after the other; the pattern in front ends that at once.
    # The names are for finding commands of a module that isn't loaded. With a comma between them the engine compiles one value, and
    # without it a statement for each.
    CmdletsToExport      = @(
        '*-Cs*',
        'Connect-CsCloud',
        'Disconnect-CsCloud',
        'Enter-CsConsole',
        'Export-CsInventory',
        'Find-CsCommand',
        'Get-CsAuditLog',
        'Get-CsConnection',
        'Get-CsProfile',
        'Get-CsResourceUsage',
        'Get-CsSimulatorRequest',
        'Get-CsTopology',
        'Import-CsProfile',
        'Invoke-CsApi',
        'New-CsProfile',
        'Remove-CsProfile',
        'Save-CsIso',
        'Save-CsTemplate',
        'Save-CsVolume',
        'Send-CsIso',
        'Send-CsTemplate',
        'Send-CsVolume',
        'Set-CsProfile',
        'Set-CsSimulator',
        'Sync-CsCatalog',
        'Test-CsAuditLog',
        'Test-CsConnection',
        'Wait-CsJob',
        # cmdlets
    )
    AliasesToExport      = @(
        '*',
        # aliases
    )
    FileList             = @(
        # files
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('CloudStack', 'Cloud', 'IaaS', 'VirtualMachine', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://www.apache.org/licenses/LICENSE-2.0'
            # addresses
            ReleaseNotes = 'First release: a cmdlet for every command of CloudStack 4.22, everyday helpers, profiles, jobs, audit and a simulated cloud.'
            Prerelease   = ''
        }
    }
}
