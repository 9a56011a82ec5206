namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>What a person reads when something is wrong.</summary>
[Collection(EngineCollection.Name)]
public sealed class ErrorTests(PowerShellEngine engine)
{
    [EngineFact]
    public void Without_a_connection_the_pipeline_ends_and_the_error_says_how_to_connect()
    {
        var result = engine.Run("Get-CsZone | ForEach-Object { 'not reached' }");

        Assert.Equal("CloudStack.NotConnected,CloudStack.PowerShell.Commands.GetCsZoneCommand", result.OnlyError().Id);
        Assert.Equal("ConnectionError", result.OnlyError().Category);
        Assert.Contains("Connect-CsCloud", result.OnlyError().Recommended, StringComparison.Ordinal);
    }

    [EngineFact]
    public void A_name_that_matches_nothing_is_an_error_about_that_name()
    {
        var error = engine.RunConnected("Stop-CsVirtualMachine no-such-machine").OnlyError();

        Assert.StartsWith("CloudStack.NotFound,", error.Id, StringComparison.Ordinal);
        Assert.Equal("ObjectNotFound", error.Category);
        Assert.Equal("no-such-machine", error.Target);
    }

    [EngineFact]
    public void One_input_that_fails_does_not_stop_the_others()
    {
        var result = engine.RunConnected("""
            $names = @(Get-CsVirtualMachine -State Running)[0..1].Name
            @($names[0], 'no-such-machine', $names[1] | Stop-CsVirtualMachine -ErrorAction Continue).State
            """);

        Assert.Equal(["Stopped", "Stopped"], result.Output);
        Assert.Equal("no-such-machine", result.OnlyError().Target);
    }

    [EngineFact]
    public void A_refusal_of_the_server_keeps_its_own_words()
    {
        var error = engine.RunConnected("$vm = @(Get-CsVirtualMachine -State Running)[0]; Start-CsVirtualMachine $vm").OnlyError();

        Assert.StartsWith("CloudStack.", error.Id, StringComparison.Ordinal);
        Assert.NotEmpty(error.Message);
        Assert.NotEmpty(error.Recommended!);
    }

    [EngineFact]
    public void An_object_of_another_kind_does_not_bind()
    {
        var error = engine.RunConnected("Stop-CsVirtualMachine @(Get-CsZone)[0]").OnlyError();

        Assert.StartsWith("CannotConvertArgument", error.Id, StringComparison.Ordinal);
    }

    [EngineFact]
    public void A_text_that_only_looks_like_an_id_is_taken_for_a_name()
    {
        var error = engine.RunConnected("Get-CsVirtualMachine -Id '00000000-0000-0000-0000-00000000000g'").OnlyError();

        Assert.StartsWith("CloudStack.NotFound,", error.Id, StringComparison.Ordinal);
    }

    [EngineFact]
    public void A_server_that_does_not_answer_leaves_the_session_as_it_was()
    {
        var result = engine.RunConnected("""
            $secret = ConvertTo-SecureString 'x' -AsPlainText -Force
            try { Connect-CsCloud -Url http://127.0.0.1:9 -ApiKey k -SecretKey $secret } catch { $_.FullyQualifiedErrorId }
            (Get-CsConnection).Name
            """);

        Assert.Equal(["CloudStack.Unreachable,CloudStack.PowerShell.Commands.ConnectCsCloudCommand", "simulator"], result.Clean());
    }

    [EngineFact]
    public void An_error_is_about_its_own_input_and_not_about_the_one_before() => Assert.Equal(
        ["", "", "none"],
        engine.RunConnected("""
            (Get-CsZone)[0].Id, $null, '', 'none' | Get-CsZone -ErrorAction SilentlyContinue -ErrorVariable problems | Out-Null
            $problems | ForEach-Object { "$($_.TargetObject)" }
            """).Clean());

    [EngineTheory]
    [InlineData("530", "ServerFault", "InvalidResult")]
    [InlineData("531", "Forbidden", "PermissionDenied")]
    [InlineData("533", "OutOfResources", "LimitsExceeded")]
    [InlineData("431", "Refused", "InvalidArgument")]
    public void What_the_server_refuses_has_powershells_own_category(string status, string cause, string category)
    {
        var error = engine.RunConnected($$"""
            Set-CsSimulator -Fault @{ fault = 'refuse'; command = 'listZones'; status = {{status}} }
            Get-CsZone
            """).OnlyError();

        Assert.StartsWith($"CloudStack.{cause},", error.Id, StringComparison.Ordinal);
        Assert.Equal(category, error.Category);
    }

    [EngineFact]
    public void An_errors_request_is_found_in_the_audit_trail() => Assert.Equal(
        ["True", "failed"],
        engine.RunConnected("""
            try { Stop-CsVirtualMachine none -ErrorAction Stop } catch { $id = $_.Exception.RequestId }
            (Get-Error -Newest 1 | Out-String) -match "RequestId +: $id"
            (Get-CsAuditLog | Where-Object Operation -EQ $id).Outcome
            """).Clean());

    [EngineFact]
    public void Get_Error_shows_the_servers_codes_and_its_words() => Assert.Equal(
        ["True", "True", "True", "True"],
        engine.RunConnected("""
            try { Invoke-CsApi startVirtualMachine @{ id = [guid]::NewGuid() } -Force -ErrorAction Stop } catch { $null = $_ }
            $shown = Get-Error -Newest 1 | Out-String -Width 200
            foreach ($field in 'ErrorCode +: \d+', 'HttpStatus +: \d+', 'ServerText +: \w+', 'NextStep +: \w+') { $shown -match $field }
            """).Clean());
}
