# The cmdlets live in a load context of their own, apart from what other modules load. The type below comes from a first
# copy of the assembly that does nothing but load the second.
$path = Join-Path -Path $PSScriptRoot -ChildPath 'lib' -AdditionalChildPath 'CloudStack.PowerShell.dll'
if (-not ('CloudStack.PowerShell.Loading.ModuleLoadContext' -as [type])) {
    Add-Type -Path $path
}

$cmdlets = Import-Module -Assembly ([CloudStack.PowerShell.Loading.ModuleLoadContext]::LoadModule()) -PassThru

# A module made from an assembly outlives its parent, and a second import would then find it without exporting anything.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module -ModuleInfo $cmdlets }.GetNewClosure()
