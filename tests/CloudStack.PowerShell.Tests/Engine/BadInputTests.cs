using CloudStack.PowerShell.Tests.Support;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>What goes wrong in pipelines, and what hostile servers send.</summary>
[Collection(EngineCollection.Name)]
public sealed class BadInputTests(PowerShellEngine engine)
{
    [EngineFact]
    public void Of_ten_thousand_inputs_each_is_a_result_or_an_error() => Assert.Equal(
        ["9000 results", "1000 errors", "1000 targets", "CloudStack.NotFound"],
        engine.RunConnected("""
            $id = (Get-CsZone)[0].Id
            $inputs = foreach ($i in 1..10000) { if ($i % 10) { $id } else { "no-zone-$i" } }
            $results = $inputs | Get-CsZone -ErrorAction SilentlyContinue -ErrorVariable problems
            $problems = @($problems | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
            "$(@($results).Count) results"
            "$($problems.Count) errors"
            "$(@($problems.TargetObject | Select-Object -Unique).Count) targets"
            $problems.FullyQualifiedErrorId | Select-Object -Unique | ForEach-Object { $_.Split(',')[0] }
            """).Clean());

    [EngineFact]
    public void Null_elements_are_errors_and_the_others_go_on() => Assert.Equal(
        ["2 results", "2 errors", "CloudStack.InvalidArgument"],
        engine.RunConnected("""
            $id = (Get-CsZone)[0].Id
            $results = $id, $null, '', $id | Get-CsZone -ErrorAction SilentlyContinue -ErrorVariable problems
            "$(@($results).Count) results"
            "$(@($problems).Count) errors"
            $problems.FullyQualifiedErrorId | Select-Object -Unique | ForEach-Object { $_.Split(',')[0] }
            """).Clean());

    [EngineFact]
    public void Empty_objects_bind_nowhere()
    {
        var result = engine.RunConnected("[pscustomobject]@{}, [pscustomobject]@{ Id = '' }, @{}, 7 | Stop-CsVirtualMachine -ErrorAction Continue");

        Assert.Empty(result.Output);
        Assert.Equal(4, result.Errors.Count);
    }

    [EngineFact]
    public void A_name_that_several_share_is_an_error_that_lists_them()
    {
        var error = engine.RunConnected("""
            $null = New-CsAffinityGroup -Name twin -Type 'host anti-affinity'
            $null = New-CsAffinityGroup -Name twin -Type 'host anti-affinity' -Account web-team -DomainId Engineering
            Remove-CsAffinityGroup twin -Force
            """).Errors;

        Assert.Contains(error, e => e.Id.StartsWith("CloudStack.Ambiguous,", StringComparison.Ordinal) && e.Target == "twin");
    }

    [EngineFact]
    public void Wrong_types_are_refused_before_anything_is_sent() => Assert.Equal(
        ["CannotConvertArgument", "CannotConvertArgument", "CannotConvertArgument"],
        engine.RunConnected("""
            foreach ($call in { Get-CsVirtualMachine -ListAll maybe }, { Get-CsEvent -StartDate never }, { New-CsTag -ResourceIds x -ResourceType UserVm -Tags 5 }) {
                try { & $call } catch { $_.FullyQualifiedErrorId -replace 'NoMessage.*|,.*' }
            }
            """).Clean());

    [EngineFact]
    public void Objects_of_two_clouds_go_each_to_its_own_and_a_closed_one_is_an_error() => Assert.Equal(
        ["a b", "CloudStack.InvalidArgument", "CloudStack.NotConnected", "Running"],
        engine.Run("""
            $null = Connect-CsCloud -Simulator -Name a
            $null = Connect-CsCloud -Simulator -Name b
            $machines = Get-CsVirtualMachine -Name bastion-01 -Connection a, b
            "$(($machines | Stop-CsVirtualMachine).Connection)"
            $other = Get-CsVirtualMachine -Name monitor-01 -Connection a
            try { Stop-CsVirtualMachine $other -Connection b -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            Disconnect-CsCloud -Connection a
            try { Stop-CsVirtualMachine $other -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            (Get-CsVirtualMachine $other.Id).State
            """).Clean());

    [EngineFact]
    public void Of_several_connections_one_that_fails_is_an_error_by_its_name_and_the_others_answer() => Assert.Equal(
        ["b c", "1 errors", "a: "],
        engine.Run("""
            'a', 'b', 'c' | ForEach-Object { $null = Connect-CsCloud -Simulator -Name $_ }
            Set-CsSimulator -Connection a -Fault @{ fault = 'refuse'; command = 'listZones'; status = 530 }
            $zones = Get-CsZone -Connection a, b, c -ErrorAction SilentlyContinue -ErrorVariable problems
            "$($zones.Connection | Select-Object -Unique)"
            "$(@($problems).Count) errors"
            "$($problems[0])".Substring(0, 3)
            """).Clean());

    [EngineFact]
    public void Quotes_and_signs_in_names_complete_to_what_means_exactly_them() => Assert.Equal(
        ["it's", "say \"hi\"", "a$b`c", "semi;colon & pipe|", "[abc]*"],
        engine.RunConnected("""
            $names = "it's", 'say "hi"', 'a$b`c', 'semi;colon & pipe|', '[abc]*'
            foreach ($name in $names) { $null = New-CsAffinityGroup -Name $name -Type 'host anti-affinity' }
            foreach ($name in $names) {
                $line = "Remove-CsAffinityGroup $($name[0])"
                if ($name[0] -in '[', 's') { $line = "Remove-CsAffinityGroup '$($name.Substring(0, 2))" }
                $word = Complete $line
                "$([scriptblock]::Create("Write-Output $word").Invoke())"
            }
            """).Clean());

    [EngineFact]
    public void A_default_connection_from_a_preference_is_obeyed() => Assert.Equal(
        ["a"],
        engine.Run("""
            $null = Connect-CsCloud -Simulator -Name a
            $null = Connect-CsCloud -Simulator -Name b
            $PSDefaultParameterValues = @{ '*-Cs*:Connection' = 'a' }
            (Get-CsZone)[0].Connection
            $PSDefaultParameterValues = @{}
            """).Clean());

    [EngineFact]
    public async Task What_a_hostile_server_names_things_can_neither_steer_the_screen_nor_be_run()
    {
        await using var cloud = new ListeningCloud(rewrite: body => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(body)
            .Replace("\"bastion-01\"", "\"x\\u001b[2J\\u0007\"", StringComparison.Ordinal)
            .Replace("\"monitor-01\"", "\"it's $(throw 'ran') `*[a]\"", StringComparison.Ordinal)
            .Replace("\"web-01\"", "\"" + new string('w', 20_000) + "\"", StringComparison.Ordinal)));

        var output = engine.Run(cloud.Connect + """
            $text = Get-CsVirtualMachine -ListAll $true | Format-Table | Out-String -Width 120
            $text += Get-CsVirtualMachine -ListAll $true | Format-List | Out-String -Width 120
            $text.Contains([char]27 + '[2J')
            ($text -split "`n" | Measure-Object Length -Maximum).Maximum -le 125
            foreach ($line in "Stop-CsVirtualMachine it", "Get-CsVirtualMachine -Name it") {
                $word = Complete $line
                $word
                "$([scriptblock]::Create("'' + $word").Invoke())"
            }
            $line = 'Stop-CsVirtualMachine x'
            @((TabExpansion2 $line $line.Length).CompletionMatches | Where-Object ListItemText -like 'x*').Count
            """).Clean();

        Assert.Equal(
            [
                "False", "True",
                "'it''s $(throw ''ran'') `*[a]'", "it's $(throw 'ran') `*[a]",
                "'it''s $(throw ''ran'') ```*`[a`]'", "it's $(throw 'ran') ```*`[a`]",
                "0",
            ],
            output);
    }

    [EngineFact]
    public async Task Fields_beyond_the_catalog_appear_as_properties()
    {
        await using var cloud = new ListeningCloud(rewrite: body => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(body)
            .Replace("\"networktype\":", "\"moonphase\":\"full\",\"networktype\":", StringComparison.Ordinal)));

        Assert.Equal(["full", "True"], engine.Run(cloud.Connect + """
            (Get-CsZone fra1).moonphase
            (Get-CsZone fra1 | Format-List * | Out-String) -match 'moonphase'
            """).Clean());
    }

    [EngineFact]
    public void User_data_is_encoded_once_and_shown_in_no_detail()
    {
        var result = engine.RunConnected("""
            $text = "#cloud-config`npackages: [nginx]`n"
            $encoded = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($text))
            $made = Register-CsUserData -Name ud-1 -UserData $text -Verbose 4>&1
            "$made"
            $null = Register-CsUserData -Name ud-2 -UserData $encoded
            $both = Get-CsUserData | Where-Object Name -like 'ud-*'
            "$($both.UserData | Select-Object -Unique)" -eq $encoded
            """);

        Assert.Equal("True", result.Clean()[^1]);
        Assert.Contains("userdata=***", result.Output[0], StringComparison.Ordinal);
    }
}
