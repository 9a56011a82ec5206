namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Lists without a table of their own get one by rule.</summary>
[Collection(EngineCollection.Name)]
public sealed class ViewTests(PowerShellEngine engine)
{
    [EngineFact]
    public void Every_column_is_a_property_of_its_model_and_no_table_is_wider_than_120() => Assert.Equal(
        ["True", ""],
        engine.Run("""
            $views = (Select-Xml -Path (Join-Path (Get-Module CloudStack.PowerShell).ModuleBase CloudStack.PowerShell.Lists.format.ps1xml) -XPath //View).Node
            $views.Count -gt 80
            $assembly = (Get-Command Get-CsZone).ImplementingType.Assembly.GetReferencedAssemblies() | Where-Object Name -eq CloudStack.Client
            $client = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext((Get-Command Get-CsZone).ImplementingType.Assembly).LoadFromAssemblyName($assembly)
            ($views | ForEach-Object {
                $model = $client.GetType($_.ViewSelectedBy.TypeName)
                $_.SelectNodes('.//PropertyName').InnerText | Where-Object { -not $model.GetProperty($_) } | ForEach-Object { "$model $_" }
                $width = ($_.SelectNodes('.//Width').InnerText | Measure-Object -Sum).Sum
                if ($width -gt 110) { "$model is $width wide" }
            }) -join '; '
            """).Clean());

    [EngineFact]
    public void A_listing_is_a_table_of_a_few_columns() => Assert.Matches(
        @"^Name +Value +Type +Description",
        engine.RunConnected("(Get-CsConfiguration -First 3 | Out-String -Width 120).Trim()").Clean()[0]);
}
