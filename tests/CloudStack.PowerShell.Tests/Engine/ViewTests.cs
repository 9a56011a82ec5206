namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Lists without a table of their own get one by rule.</summary>
[Collection(EngineCollection.Name)]
public sealed class ViewTests(PowerShellEngine engine)
{
    [EngineFact]
    public void Every_list_has_a_table_of_at_most_seven_columns_and_120_places_and_a_list_view() => Assert.Equal(
        ["True", "", ""],
        engine.Run("""
            $views = (Select-Xml -Path (Get-Module CloudStack.PowerShell).ExportedFormatFiles.Where({ $_ -like '*.Lists*' }) -XPath //View).Node
            $tables, $lists = $views.Where({ $_.TableControl }, 'Split')
            $tables.Count -gt 230
            (Compare-Object $tables.ViewSelectedBy.TypeName $lists.ViewSelectedBy.TypeName).InputObject
            ($tables | ForEach-Object {
                $width = ($_.SelectNodes('.//Width').InnerText | Measure-Object -Sum).Sum
                if ($width -gt 114 -or $_.SelectNodes('.//TableColumnHeader').Count -gt 8) { "$($_.Name) is $width wide" }
            }) -join '; '
            """).Output.Append("").Take(3));

    [EngineFact]
    public void Every_column_is_a_property_of_its_model() => Assert.Empty(
        engine.Run("""
            $views = (Select-Xml -Path (Get-Module CloudStack.PowerShell).ExportedFormatFiles.Where({ $_ -like '*.Lists*' }) -XPath //View).Node
            $assembly = (Get-Command Get-CsZone).ImplementingType.Assembly.GetReferencedAssemblies() | Where-Object Name -eq CloudStack.Client
            $client = [System.Reflection.Assembly]::Load($assembly)
            foreach ($view in $views) {
                $model = $client.GetType($view.ViewSelectedBy.TypeName)
                $named = @($view.SelectNodes('.//PropertyName').InnerText) + @($view.SelectNodes('.//ScriptBlock').InnerText | ForEach-Object { if ($_ -match '\$_\.(\w+)') { $Matches[1] } })
                $named | Where-Object { $_ -and -not $model.GetProperty($_) } | ForEach-Object { "$model $_" }
            }
            """).Clean());

    [EngineFact]
    public void A_listing_is_a_table_of_a_few_columns() => Assert.Matches(
        @"^Name +Value +Type +Scope +Description",
        engine.RunConnected("(Get-CsConfiguration -First 3 | Out-String -Width 120).Trim()").Clean()[0]);

    [EngineFact]
    public void Sizes_are_shown_as_people_say_them_and_states_in_colour_where_the_host_can() => Assert.Equal(
        ["8 GiB", "1 GiB", "True", "False"],
        engine.RunConnected("""
            [regex]::Match((Get-CsVolume -First 1 | Format-List | Out-String), 'Size +: (.+)').Groups[1].Value.Trim()
            [regex]::Match((Get-CsServiceOffering -First 1 | Format-List | Out-String), 'Memory +: (.+)').Groups[1].Value.Trim()
            $before = $PSStyle.OutputRendering
            $PSStyle.OutputRendering = 'Ansi'
            (Get-CsVirtualMachine -State Running -First 1 | Out-String) -match "`e\[32mRunning`e\[0m"
            $PSStyle.OutputRendering = 'PlainText'
            (Get-CsVirtualMachine -State Running -First 1 | Out-String) -match "`e\["
            $PSStyle.OutputRendering = $before
            """).Clean());

    [EngineFact]
    public void Short_answers_have_a_table_of_what_they_hold_and_what_there_is_one_of_is_a_list() => Assert.Equal(
        ["Name", "True", "False"],
        engine.RunConnected("""
            (Get-CsHypervisor | Out-String).Trim().Split("`n")[0].Trim()
            $capabilities = Get-CsCapability | Out-String
            $capabilities -match '(?m)^CloudStackVersion +: 4\.'
            $capabilities -match 'JobId'
            """).Clean());

    [EngineFact]
    public void The_list_view_says_what_the_table_says_and_where_it_came_from() => Assert.Matches(
        @"^Name +: .+\nState +: (.|\n)+Id +: [0-9a-f-]{36}\nConnection +: simulator$",
        engine.RunConnected("(Get-CsVirtualMachine -First 1 | Format-List | Out-String).Trim().ReplaceLineEndings(\"`n\")").Clean()[0]);

    [EngineFact]
    public void An_objects_own_id_and_name_go_by_other_names_too() => Assert.Equal(
        ["True", "admin", "True"],
        engine.RunConnected("""
            function Get-Passed { param([Parameter(ValueFromPipelineByPropertyName)] $VirtualMachineId) process { $VirtualMachineId } }
            $vm = @(Get-CsVirtualMachine)[0]
            ($vm | Get-Passed) -eq $vm.Id
            (Get-CsUser -UserName admin).Name
            -not (Get-Member -InputObject $vm -MemberType ScriptMethod, ScriptProperty)
            """).Clean());
}
