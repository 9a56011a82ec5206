# The cmdlets live in a load context of their own, apart from what other modules load. The type below comes from a first
# copy of the assembly that does nothing but load the second.
# Add-Type would do the same in ten times the time.
$path = [System.IO.Path]::Combine($PSScriptRoot, 'lib', 'CloudStack.PowerShell.dll')
$null = [System.Reflection.Assembly]::LoadFrom($path)

$cmdlets = Import-Module -Assembly ([CloudStack.PowerShell.Loading.ModuleLoadContext]::LoadModule()) -PassThru

[CloudStack.PowerShell.Loading.HelpFiles]::Assign(
    $ExecutionContext.InvokeCommand, $cmdlets.ExportedCmdlets.Keys, [System.IO.Path]::Combine($PSScriptRoot, 'en-US'))

# A module made from an assembly outlives its parent, and a second import would then find it without exporting anything.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module -ModuleInfo $cmdlets }.GetNewClosure()
