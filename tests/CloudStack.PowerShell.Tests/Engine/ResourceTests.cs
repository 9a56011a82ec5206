namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Commands that work on objects of any class: tags, annotations, details.</summary>
[Collection(EngineCollection.Name)]
public sealed class ResourceTests(PowerShellEngine engine)
{
    private const string Tagged = "(Get-CsTag -ListAll $true -Key cost).ResourceType | Sort-Object";

    [EngineFact]
    public void A_name_is_looked_for_in_the_class_that_is_said_beside_it() => Assert.Equal(
        ["True"],
        engine.RunConnected("""
            New-CsTag -ResourceId web-01 -ResourceType uservm -Tags @{ cost = '1' }
            (Get-CsTag -ListAll $true -Key cost).ResourceId -eq (Get-CsVirtualMachine web-01).Id
            """).Clean());

    [EngineFact]
    public void An_object_from_the_pipeline_says_its_class_itself() => Assert.Equal(
        ["ISO", "Template", "UserVm", "Volume", "", "0"],
        engine.RunConnected($$"""
            $things = (Get-CsVirtualMachine web-01), (Get-CsVolume -ListAll $true)[0], (Get-CsTemplate -TemplateFilter all)[0], (Get-CsIso)[0]
            $things | New-CsTag -Tags @{ cost = '1' }
            {{Tagged}}
            ''
            $things | Remove-CsTag -Tags @{ cost = '1' } -Force
            @({{Tagged}}).Count
            """).Clean());

    [EngineFact]
    public void What_would_be_done_names_the_objects() => Assert.Contains(
        "on target \"UserVm web-01\"",
        string.Join('\n', engine.RunAlone($"""
            Import-Module '{BuiltModule.Manifest}'
            $null = Connect-CsCloud -Simulator
            Get-CsVirtualMachine web-01 | Remove-CsTag -WhatIf
            """)),
        StringComparison.Ordinal);

    [EngineFact]
    public void Annotations_have_words_of_their_own_for_classes() => Assert.Equal(
        ["VM web-01", "ZONE fra1"],
        engine.RunConnected("""
            (Get-CsVirtualMachine web-01), (Get-CsZone fra1) | Add-CsAnnotation -Annotation checked | ForEach-Object { "$($_.EntityType) $($_.EntityName)" }
            """).Clean());

    [EngineFact]
    public void A_name_without_a_class_and_a_name_that_is_none_are_errors() => Assert.Equal(
        ["CloudStack.InvalidArgument", "CloudStack.NotFound"],
        engine.RunConnected("""
            New-CsTag -ResourceId web-01 -Tags @{ a = '1' } -ErrorAction SilentlyContinue -ErrorVariable problems
            New-CsTag -ResourceId web-01 -ResourceType Volume -Tags @{ a = '1' } -ErrorAction SilentlyContinue -ErrorVariable +problems
            $problems.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] }
            """).Clean());

    [EngineFact]
    public void Classes_complete_as_the_command_takes_them_and_names_follow_the_class() => Assert.Equal(
        ["UserVm", "VM", "VirtualMachine", "web-01", "none", "$true"],
        engine.RunConnected("""
            Complete 'New-CsTag -ResourceType '
            Complete 'Get-CsAnnotation -EntityType '
            Complete 'Get-CsEvent -ResourceType '
            Complete 'New-CsTag -ResourceType UserVm -ResourceId web-0'
            (Complete 'New-CsVirtualMachine -Name ' -Once) ?? 'none'
            Complete 'Stop-CsVirtualMachine -Forced '
            """).Clean());
}
