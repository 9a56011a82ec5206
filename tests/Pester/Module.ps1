# Imports the built module and connects to a simulated cloud of its own; dot-sourced by every test file.
$module = if ($env:CLOUDSTACK_TEST_MODULE) {
    $env:CLOUDSTACK_TEST_MODULE
}
else {
    Get-ChildItem "$PSScriptRoot/../../src/CloudStack.PowerShell/bin/*/net8.0/module/CloudStack.PowerShell/*.psd1" |
        Sort-Object LastWriteTime | Select-Object -Last 1
}

$env:CLOUDSTACK_AUDIT_LOG = Join-Path $TestDrive 'audit.jsonl'
Import-Module $module -Force
Connect-CsCloud -Simulator | Out-Null
