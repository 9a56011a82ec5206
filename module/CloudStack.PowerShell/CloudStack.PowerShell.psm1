# The cmdlets themselves come from the manifest's nested modules. Importing an assembly from here would bind each command twice.
[CloudStack.PowerShell.Loading.HelpFiles]::Assign($ExecutionContext.InvokeCommand, [System.IO.Path]::Combine($PSScriptRoot, 'en-US'))
