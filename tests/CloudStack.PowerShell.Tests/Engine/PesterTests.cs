namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>The tests written in PowerShell, run as one where Pester is found.</summary>
[Collection(EngineCollection.Name)]
public sealed class PesterTests(PowerShellEngine engine)
{
    [PesterFact]
    public void All_Pester_tests_pass()
    {
        var result = engine.RunAlone($$"""
            $env:CLOUDSTACK_TEST_MODULE = '{{BuiltModule.Manifest}}'
            $run = Invoke-Pester -Path '{{BuiltModule.PesterFolder}}' -Output None -PassThru
            $run.Failed | ForEach-Object { "failed: $($_.ExpandedPath): $($_.ErrorRecord)" }
            "passed: $($run.PassedCount -gt 0)"
            """);

        Assert.Equal(["passed: True"], result.Where(line => line.StartsWith("failed:", StringComparison.Ordinal) || line.StartsWith("passed:", StringComparison.Ordinal)));
    }
}
