# The cmdlets themselves come from the manifest's nested modules. Importing an assembly from here would bind each command twice.
Initialize-CloudStackHelp $PSScriptRoot
