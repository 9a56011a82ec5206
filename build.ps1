#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, packs or documents the product. Each task is one or two dotnet commands, which are shown and work without this script.
.EXAMPLE
    ./build.ps1 Test
#>
[CmdletBinding()]
param(
    # Build: dotnet build. Test: dotnet test. Pack: dotnet build of the module in Release, and a zip of it.
    # Docs: a markdown page for each cmdlet in out/docs, as PlatyPS reads them.
    [ValidateSet('Build', 'Test', 'Pack', 'Docs')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = $Task -eq 'Pack' ? 'Release' : 'Debug'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-Location $PSScriptRoot

function Invoke-Dotnet {
    Write-Information "dotnet $args" -InformationAction Continue
    dotnet @args
}

switch ($Task) {
    'Build' { Invoke-Dotnet build --configuration $Configuration }
    'Test' { Invoke-Dotnet test --configuration $Configuration }
    'Docs' { Invoke-Dotnet build src/CloudStack.PowerShell --configuration $Configuration --target WriteDocs }
    'Pack' {
        Invoke-Dotnet build src/CloudStack.PowerShell --configuration $Configuration
        $built = "src/CloudStack.PowerShell/bin/$Configuration/net8.0/module/CloudStack.PowerShell"
        $version = (Import-PowerShellDataFile "$built/CloudStack.PowerShell.psd1" -SkipLimitCheck).ModuleVersion
        $package = Join-Path (New-Item out -ItemType Directory -Force) "CloudStack.PowerShell-$version.zip"
        Remove-Item $package -ErrorAction Ignore
        [System.IO.Compression.ZipFile]::CreateFromDirectory((Convert-Path $built), $package, 'Optimal', $true)
        Get-Item $package
    }
}
