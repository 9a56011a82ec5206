#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, packs, documents or publishes the product. Each task is one or two commands, which are shown and work without this script.
.EXAMPLE
    ./build.ps1 Test
.EXAMPLE
    ./build.ps1 Publish -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # Build: dotnet build. Test: dotnet test. Pack: dotnet pack of the module in Release, to out.
    # Docs: a markdown page for each cmdlet in out/docs, as PlatyPS reads them.
    # Sbom: the module's bill of materials in CycloneDX's form, in out, by cdxgen; needs Node.
    # Publish: packs, and sends the package to a repository; -WhatIf packs and says what would be sent.
    [ValidateSet('Build', 'Test', 'Pack', 'Docs', 'Sbom', 'Publish')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = ($Task -in @('Pack', 'Publish')) ? 'Release' : 'Debug',

    # Where the project lives; goes into the package.
    [uri] $ProjectUri,

    # The picture that the gallery shows; goes into the package.
    [uri] $IconUri,

    # The repository to publish to, as Get-PSResourceRepository names it.
    [string] $Repository = 'PSGallery',

    # The repository's key.
    [securestring] $ApiKey
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-Location $PSScriptRoot

function Invoke-Tool {
    param([string] $Tool, [string[]] $Arguments)
    Write-Information "$Tool $Arguments" -InformationAction Continue
    & $Tool @Arguments
}

function Invoke-Dotnet {
    param([string[]] $Arguments)
    Invoke-Tool dotnet $Arguments
}

$addresses = @(
    if ($ProjectUri) { "-p:ProjectUri=$ProjectUri" }
    if ($IconUri) { "-p:IconUri=$IconUri" }
)

function ConvertTo-Package {
    Invoke-Dotnet (@('pack', 'src/CloudStack.PowerShell', '--configuration', $Configuration, '--output', 'out') + $addresses) | Out-Host
    Get-ChildItem out/CloudStack.PowerShell.*.nupkg | Sort-Object LastWriteTime | Select-Object -Last 1
}

switch ($Task) {
    'Build' { Invoke-Dotnet build, --configuration, $Configuration }
    'Test' { Invoke-Dotnet test, --configuration, $Configuration }
    'Docs' { Invoke-Dotnet build, src/CloudStack.PowerShell, --configuration, $Configuration, --target, WriteDocs }
    'Pack' { ConvertTo-Package }
    'Sbom' {
        Invoke-Dotnet restore, src/CloudStack.PowerShell
        $null = New-Item out -ItemType Directory -Force
        Invoke-Tool npx (
            '--yes', '@cyclonedx/cdxgen@12.8.4', '--type', 'dotnet', '--no-install-deps', '--spec-version', '1.6',
            '--output', 'out/CloudStack.PowerShell.cdx.json', 'src/CloudStack.PowerShell') | Out-Null
        Get-Item out/CloudStack.PowerShell.cdx.json
    }
    'Publish' {
        'ProjectUri', 'IconUri' | Where-Object { -not (Get-Variable $_ -ValueOnly) } |
            ForEach-Object { Write-Warning "The package's page in the gallery will have no $_; add -$_." }
        $package = ConvertTo-Package
        if ($PSCmdlet.ShouldProcess($Repository, "Publish $($package.Name)")) {
            $key = $ApiKey ? @{ ApiKey = $ApiKey | ConvertFrom-SecureString -AsPlainText } : @{}
            Publish-PSResource -NupkgPath $package.FullName -Repository $Repository @key
        }
    }
}
