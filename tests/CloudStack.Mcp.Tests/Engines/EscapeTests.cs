using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>Attempts to get out of a pipeline: to other commands, to types and methods, to state, files, processes, the network, or past the person.</summary>
public sealed class EscapeTests : ServerTest
{
    private const string Machines = "Get-CsVirtualMachine";

    public static TheoryData<string, string> Attempts => new()
    {
        // Other commands.
        { "Get-Process", "isn't one of the allowed cmdlets" },
        { "Get-Content /etc/passwd", "isn't one of the allowed cmdlets" },
        { $"{Machines} | Set-Content /tmp/out", "isn't one of the allowed cmdlets" },
        { $"{Machines} | Export-Csv out.csv", "isn't one of the allowed cmdlets" },
        { $"{Machines} | Out-File out.txt", "isn't one of the allowed cmdlets" },
        { $"{Machines} | Tee-Object -FilePath out.txt", "isn't one of the allowed cmdlets" },
        { "Invoke-Expression 'Get-Process'", "isn't one of the allowed cmdlets" },
        { "Invoke-WebRequest http://example.com", "isn't one of the allowed cmdlets" },
        { "Start-Process sh", "isn't one of the allowed cmdlets" },
        { "Import-Module Evil", "isn't one of the allowed cmdlets" },
        { "Add-Type -TypeDefinition 'public class A {}'", "isn't one of the allowed cmdlets" },
        { "New-Object System.Net.WebClient", "isn't one of the allowed cmdlets" },
        { "Get-ChildItem Env:", "isn't one of the allowed cmdlets" },
        { "/bin/sh", "isn't one of the allowed cmdlets" },
        { "sh", "isn't one of the allowed cmdlets" },
        { @"Microsoft.PowerShell.Management\Get-Content x", "isn't one of the allowed cmdlets" },
        { @"Microsoft.PowerShell.Core\Where-Object Name", "isn't one of the allowed cmdlets" },

        // This module's own cmdlets that touch files, connections or any command.
        { "Invoke-CsApi destroyVirtualMachine @{ id = 'web-01' }", "isn't one of the allowed cmdlets" },
        { "Connect-CsCloud -Simulator", "isn't one of the allowed cmdlets" },
        { "Disconnect-CsCloud", "isn't one of the allowed cmdlets" },
        { "Get-CsProfile", "isn't one of the allowed cmdlets" },
        { "Get-CsAuditLog -Path /etc/passwd", "isn't one of the allowed cmdlets" },
        { "Import-CsProfile /etc/passwd", "isn't one of the allowed cmdlets" },
        { "Export-CsInventory -Path /tmp/out", "isn't one of the allowed cmdlets" },
        { "Save-CsTemplate ubuntu -Path /tmp/out", "isn't one of the allowed cmdlets" },
        { "Enter-CsConsole web-01", "isn't one of the allowed cmdlets" },

        // Aliases, and names that aren't plain.
        { $"{Machines} | where State -eq Running", "isn't one of the allowed cmdlets" },
        { $"{Machines} | ? State -eq Running", "isn't one of the allowed cmdlets" },
        { $"{Machines} | % Name", "'%' isn't allowed" },
        { "stopVirtualMachine web-01", "isn't one of the allowed cmdlets" },
        { "'Get-Process'", "isn't a cmdlet" },
        { "& 'Get-Process'", "& isn't allowed" },
        { "& Get-CsVirtualMachine", "& isn't allowed" },
        { ". Get-CsVirtualMachine", "must be called by its plain name" },
        { $"{Machines} | & {{ Get-Process }}", "& isn't allowed" },
        { $"{Machines} | 'Get-Process'", "doesn't understand it" },

        // More than one pipeline.
        { $"{Machines}; Get-Process", "must be one pipeline" },
        { $"{Machines}\nGet-Process", "must be one pipeline" },
        { $"{Machines} && Get-Process", "&& isn't allowed" },
        { $"{Machines} || Get-Process", "|| isn't allowed" },
        { $"{Machines} &", "& isn't allowed" },
        { $"{Machines} -Name $(Get-Process)", "$( isn't allowed" },
        { $"{Machines} -Name @(Get-Process)", "@( isn't allowed" },
        { $"{Machines} -Name (Get-Process)", "isn't a literal" },
        { $"{Machines} -Name \"$(Get-Process)\"", "must not hold $" },
        { $"{Machines} -Name \"$env:PATH\"", "must not hold $" },
        { "", "must not be empty" },
        { "Where-Object Name", "must begin with a cmdlet that reads the cloud" },

        // Variables and what leaves state behind.
        { "$a = Get-CsVirtualMachine", "must be one pipeline" },
        { $"{Machines} -Name $env:HOME", "the variable '$env:HOME' isn't allowed" },
        { $"{Machines} -Name $PSHOME", "the variable '$PSHOME' isn't allowed" },
        { $"{Machines} -Name $ExecutionContext", "the variable '$ExecutionContext' isn't allowed" },
        { $"{Machines} | Where-Object {{ $Host.Name -eq 'x' }}", "the variable '$Host' isn't allowed" },
        { $"{Machines} @args", "splatting isn't allowed" },
        { $"{Machines} -OutVariable a", "-OutVariable isn't allowed: a pipeline leaves nothing behind" },
        { $"{Machines} -ov a", "takes no -ov here" },
        { $"{Machines} -OutV a", "takes no -OutV here" },
        { $"{Machines} -PipelineVariable a", "-PipelineVariable isn't allowed" },
        { $"{Machines} -ErrorVariable a", "-ErrorVariable isn't allowed" },
        { $"{Machines} -ErrorAction SilentlyContinue", "takes no -ErrorAction here" },
        { $"{Machines} | Select-Object Name -OutBuffer 5", "-OutBuffer isn't allowed" },

        // Past the person.
        { "Stop-CsVirtualMachine web-01 -Force", "the person confirms the plan" },
        { "Stop-CsVirtualMachine web-01 -Confirm:$false", "the person confirms the plan" },
        { "Stop-CsVirtualMachine web-01 -WhatIf:$false", "the person confirms the plan" },
        { "Stop-CsVirtualMachine web-01 -Connection other", "takes no -Connection here" },
        { $"{Machines} | Stop-CsVirtualMachine | Remove-CsVirtualMachine", "more than one cmdlet that changes something" },

        // Types, methods, blocks.
        { "[System.IO.File]::ReadAllText('/etc/passwd')", "types, casts and indexes aren't allowed" },
        { $"{Machines} | Where-Object {{ [System.Diagnostics.Process]::Start('sh') }}", "types, casts and indexes aren't allowed" },
        { $"{Machines} -Name ([string]'x')", "types, casts and indexes aren't allowed" },
        { $"{Machines} | Where-Object {{ $_.Name[0] -eq 'w' }}", "types, casts and indexes aren't allowed" },
        { $"{Machines} | Where-Object {{ $_.GetType() }}", "calls a method" },
        { $"{Machines} | Where-Object {{ $_.Name.ToUpper() -eq 'X' }}", "calls a method" },
        { $"{Machines} | ForEach-Object {{ $_.GetJson() }}", "must hold one property" },
        { $"{Machines} | ForEach-Object GetType", "takes no 'GetType' without a parameter's name" },
        { $"{Machines} | ForEach-Object -MemberName GetType", "takes no -MemberName here" },
        { $"{Machines} | ForEach-Object -Parallel {{ $_ }}", "takes no -Parallel here" },
        { $"{Machines} | ForEach-Object -Begin {{ Get-Process }} -Process {{ $_ }}", "takes one block" },
        { $"{Machines} | ForEach-Object -Begin {{ Get-Process }}", "takes no -Begin here" },
        { $"{Machines} | ForEach-Object {{ Get-Process }}", "must hold one expression and no commands" },
        { $"{Machines} | ForEach-Object {{ $_.Name; $_.Id }}", "must hold one expression and no commands" },
        { $"{Machines} | ForEach-Object {{ begin {{ Get-Process }} process {{ $_.Name }} }}", "isn't allowed" },
        { $"{Machines} | ForEach-Object {{ param($x) $_.Name }}", "the keyword 'param' isn't allowed" },
        { $"{Machines} | ForEach-Object {{ $_.psobject.Methods }}", "the property 'psobject' isn't the cloud's" },
        { $"{Machines} | ForEach-Object {{ $_.$('Name') }}", "$( isn't allowed" },
        { $"{Machines} | ForEach-Object {{ $_.'Name' }}", "must hold one property" },
        { $"{Machines} | Where-Object {{ $_.Name -match '(a+)+$' }}", "the operator '-match' isn't allowed" },
        { $"{Machines} | Where-Object {{ $_.Name -replace 'a','b' }}", "the operator '-replace' isn't allowed" },
        { $"{Machines} | Where-Object {{ 1..1000000000 -contains $_ }}", "the operator '..' isn't allowed" },
        { $"{Machines} | Where-Object {{ 'a' * 1000000000 }}", "the operator '*' isn't allowed" },
        { $"{Machines} | Where-Object {{ $_.Name -is 'System.IO.FileInfo' }}", "the operator '-is' isn't allowed" },
        { $"{Machines} | Where-Object {{ $_.Name = 'x' }}", "must hold one expression and no commands" },
        { $"{Machines} | Where-Object {{ $_.Memory++ }}", "the operator '++' isn't allowed" },
        { $"{Machines} | Where-Object -Match Name", "takes no -Match here" },
        { $"{Machines} | Where-Object {{ $_.Name -eq 'a' ? 1 : 2 }}", "isn't allowed" },
        { $"{Machines} | Select-Object @{{ n = 'x'; e = {{ Get-Process }} }}", "calculated properties aren't allowed" },
        { $"{Machines} | Sort-Object {{ Get-Process }}", "calculated properties aren't allowed" },
        { $"{Machines} -Name {{ Get-Process }}", "a block is allowed behind Where-Object and ForEach-Object only" },
        { "Update-CsVirtualMachine web-01 -Details @{ a = (Get-Process) }", "isn't a literal" },
        { $"{Machines} | ForEach-Object {{ if ($true) {{ 1 }} }}", "the keyword 'if' isn't allowed" },
        { "function f { Get-Process }", "the keyword 'function' isn't allowed" },
        { "while ($true) { }", "the keyword 'while' isn't allowed" },
        { "trap { Get-Process } Get-CsVirtualMachine", "the keyword 'trap' isn't allowed" },

        // What loads code while it's parsed, and what hides from a reader.
        { "using module Evil\nGet-CsVirtualMachine", "the word using isn't allowed" },
        { "using assembly ./evil.dll\nGet-CsVirtualMachine", "the word using isn't allowed" },
        { "class A { static [int] B() { return 1 } }", "the word class isn't allowed" },
        { "configuration C { Import-DscResource -ModuleName Evil }", "the word configuration isn't allowed" },
        { $"{Machines} # | Remove-CsVirtualMachine", "comments aren't allowed" },
        { $"{Machines} <# ' #> -Name 'x'", "comments aren't allowed" },
        { $"{Machines} -Name @'\n'; Get-Process; '\n'@", "here-strings aren't allowed" },
        { $"{Machines} -Na`me x", "a backtick" },
        { $"{Machines} -Name \"it's $(Get-Process)\" -Keyword 'x'", "must not hold $" },
        { $"{Machines} -Name ${{'}} configuration C {{ }} ${{'}}", "quotes mean nothing behind them" },
        { $"{Machines} --% '\nconfiguration C {{ }}\n'", "quotes mean nothing behind them" },
        { $"{Machines} -Name [System.IO.File]", "types, casts and indexes aren't allowed" },
        { $"{Machines} -Name 'x\u2019; configuration C {{ }} '", "typographic quotes" },
        { "Stop-CsVirtualMachine web-01 \u2013Force", "typographic quotes and dashes" },
        { $"{Machines} -Name 'a\u0000b'", "control characters" },

        // Redirection.
        { $"{Machines} > out.txt", "redirection isn't allowed" },
        { $"{Machines} 2>&1", "redirection isn't allowed" },
        { $"{Machines} | Where-Object {{ $_.Name > 'out' }}", "redirection isn't allowed" },

        // Secrets.
        { "Get-CsUser | ForEach-Object { $_.SecretKey }", "may hold a secret" },
        { "Get-CsUser | Where-Object { $_.ApiKey -like 'a*' }", "may hold a secret" },
        { "Get-CsUser | Sort-Object Password", "may hold a secret" },
        { "Get-CsUser | Select-Object -ExpandProperty Secret*", "must be a property's whole name" },
        { "New-CsUser -Account admin -Password x", "takes no -Password here" },

        { "Get-CsUser | Measure-Object -Property SecretKey -Maximum", "may hold a secret" },
        { "Get-CsUser -ListAll $true | Group-Object apikey", "may hold a secret" },

        // Further ways to types, commands and state.
        { "[scriptblock]::Create('Get-Process')", "types, casts and indexes aren't allowed" },
        { "[int]5", "types, casts and indexes aren't allowed" },
        { $"[CmdletBinding()] param() {Machines}", "types, casts and indexes aren't allowed" },
        { $"{Machines} | Where-Object {{ $_::Name }}", "types, casts and indexes aren't allowed" },
        { $"{Machines} -Name ('{{0}}' -f 'x')", "the operator '-f' isn't allowed" },
        { $"{Machines} | Where-Object {{ -join $_.Name }}", "the operator '-join' isn't allowed" },
        { $"{Machines} | Where-Object {{ $_.Name -as 'type' }}", "the operator '-as' isn't allowed" },
        { $"{Machines} | Where-Object {{ $_.Name + 'x' }}", "the operator '+' isn't allowed" },
        { $"{Machines} | Where-Object {{ $_ ?? 5 }}", "the operator '??' isn't allowed" },
        { $"{Machines} | Where-Object {{ $_?.Name }}", "the variable '$_?' isn't allowed" },
        { $"{Machines} | Where-Object {{ $PSItem.Name }}", "the variable '$PSItem' isn't allowed" },
        { $"{Machines} | Where-Object {{ $ExecutionContext.InvokeCommand }}", "the variable '$ExecutionContext' isn't allowed" },
        { $"{Machines} | Where-Object {{ $function:x }}", "the variable '$function:x' isn't allowed" },
        { $"{Machines} | Where-Object {{ $using:x }}", "isn't a literal" },
        { $"{Machines} | Where-Object {{ Get-Variable x }}", "must hold one expression and no commands" },
        { $"{Machines} | Where-Object {{ {{ Get-Process }} }}", "a block is allowed behind" },
        { $"{Machines} | Where-Object {{ $true -and {{ Get-Process }} }}", "a block is allowed behind" },
        { $"{Machines} | Where-Object {{ $_.Name -eq (Get-Process) }}", "isn't a literal" },
        { $"{Machines} | Where-Object {{ $_.(Get-Process) }}", "isn't a literal" },
        { $"{Machines} | Where-Object {{ $_.pstypenames }}", "isn't the cloud's" },
        { $"{Machines} | Select-Object -ExpandProperty psobject", "isn't the cloud's" },
        { $"{Machines} | Select-Object -InputObject 5", "takes no -InputObject here" },
        { $"{Machines} | Sort-Object -Property @{{ Expression = {{ Get-Process }} }}", "calculated properties aren't allowed" },
        { $"{Machines} | Measure-Object -Property {{ Get-Process }}", "calculated properties aren't allowed" },
        { $"{Machines} | Group-Object -AsHashTable Name", "takes no -AsHashTable here" },
        { $"{Machines} | ForEach-Object -RemainingScripts {{ $_.Name }}", "takes no -RemainingScripts here" },
        { $"{Machines} | ForEach-Object {{ $_.Name }} {{ $_.Id }}", "takes one block" },
        { $"{Machines} -Name @{{ a = {{ Get-Process }} }}", "isn't a literal" },
        { $"{Machines} -AsJob", "takes no -AsJob here" },
        { $"{Machines} -ea 0", "takes no -ea here" },
        { $"{Machines} -ProgressAction Break", "takes no -ProgressAction here" },
        { $"{Machines} | Stop-CsVirtualMachine -Forc $true", "names must be written out" },
        { @"CloudStack.PowerShell\Get-CsVirtualMachine", "isn't one of the allowed cmdlets" },
        { "./evil.ps1", "isn't one of the allowed cmdlets" },
        { "Get-Cs*", "isn't one of the allowed cmdlets" },
        { "Wait-CsJob x", "isn't one of the allowed cmdlets" },
        { "Send-CsTemplate x -Path /etc/passwd", "isn't one of the allowed cmdlets" },
        { "Invoke-Command { Get-Process }", "isn't one of the allowed cmdlets" },
        { "Stop-CsVirtualMachine web-01 | Out-Null", "isn't one of the allowed cmdlets" },
        { "data x { Get-Process }", "the keyword 'data' isn't allowed" },
        { $"try {{ {Machines} }} catch {{ Get-Process }}", "the keyword 'try' isn't allowed" },
        { $"clean {{ Get-Process }} end {{ {Machines} }}", "the keyword 'clean' isn't allowed" },
        { $"return {Machines}", "the keyword 'return' isn't allowed" },
        { $"#requires -Modules Evil\n{Machines}", "comments aren't allowed" },
        { $"@'\nx\n'@ | {Machines}", "here-strings aren't allowed" },
        { $"{Machines} *>&1", "redirection isn't allowed" },
        { $"{Machines} < in.txt", "redirection isn't allowed" },
        { $"{Machines}\u0085Get-Process", "control characters" },
        { $"{Machines}\u2028Get-Process", "can't be seen" },
        { $"{Machines} -Name '\u202E10-bew'", "can't be seen" },
        { $"\uFEFF{Machines}", "can't be seen" },
        { $"{Machines} \u2212Name x", "without a parameter's name" },

        // Too much of it.
        { $"{Machines} -Name {new string('a', 4000)}", "longer than 4000 characters" },
        { $"{Machines} | Where-Object {{ {new string('(', 1500)} $_.Name {new string(')', 1500)} }}", "" },
    };

    private protected override ServerSettings Settings => new() { Engine = InstalledPowerShell.Missing is null ? EngineKind.PowerShell : EngineKind.Direct };

    [HostedTheory]
    [MemberData(nameof(Attempts))]
    public async Task An_escape_is_refused_for_its_reason_and_nothing_is_sent(string pipeline, string reason)
    {
        var answer = await Client.CallAsync("run_pipeline", System.Text.Json.JsonSerializer.Serialize(new { pipeline }));

        Assert.True(answer.IsError, answer.Text);
        Assert.Equal("InvalidArgument", answer.Cause);
        Assert.Contains(reason, answer.Message, StringComparison.Ordinal);
        Assert.Empty(Server.Cloud.Requests);
    }
}
