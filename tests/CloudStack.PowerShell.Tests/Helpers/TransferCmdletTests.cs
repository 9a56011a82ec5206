using CloudStack.PowerShell.Tests.Engine;

namespace CloudStack.PowerShell.Tests.Helpers;

/// <summary>Consoles, downloads and uploads on the simulated cloud.</summary>
[Collection(EngineCollection.Name)]
public sealed class TransferCmdletTests(PowerShellEngine engine) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-transfer-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EngineFact]
    public void A_console_s_address_is_written_where_nobody_sits_before_a_screen() => Assert.Equal(
        ["web-01 https simulator", "https"],
        engine.RunConnected("""
            Enter-CsConsole web-01 | ForEach-Object { "$($_.VirtualMachine) $($_.Url.Scheme) $($_.Connection)" }
            (Get-CsVirtualMachine web-02 | Enter-CsConsole -NoBrowser).Url.Scheme
            """).Clean());

    [EngineFact]
    public void A_stopped_machine_has_no_console() => Assert.Equal(
        "web-staging", engine.RunConnected("Enter-CsConsole web-staging").OnlyError().Target);

    [EngineFact]
    public void A_template_an_ISO_and_a_volume_are_saved() => Assert.Equal(
        ["Debian 12.qcow2", "my.iso", "scratch.qcow2", "0"],
        engine.RunConnected($$"""
            (Save-CsTemplate 'Debian 12' '{{_folder}}').Name
            (Get-CsIso -IsoFilter all | Save-CsIso -Path '{{_folder}}/my.iso').Name
            (Save-CsVolume scratch '{{_folder}}').Name
            @(Get-ChildItem '{{_folder}}' -Force -Filter *.part).Count
            """).Clean());

    [EngineFact]
    public void A_file_that_is_there_stays_and_the_cloud_is_not_even_asked_unless_forced()
    {
        var result = engine.RunConnected($$"""
            Set-Content '{{_folder}}/mine.qcow2' mine -NoNewline
            Save-CsTemplate 'Debian 12' '{{_folder}}/mine.qcow2'
            Get-Content '{{_folder}}/mine.qcow2'
            (Save-CsTemplate 'Debian 12' '{{_folder}}/mine.qcow2' -Force).Length -gt 1000
            """);

        Assert.Equal(["mine", "True"], result.Output);
        Assert.StartsWith("CloudStack.Local,", result.OnlyError().Id, StringComparison.Ordinal);
    }

    [EngineFact]
    public void What_if_saves_and_sends_nothing() => Assert.Equal(
        ["1"],
        engine.RunConnected($$"""
            Set-Content '{{_folder}}/own.qcow2' contents -NoNewline
            Save-CsTemplate 'Debian 12' '{{_folder}}' -WhatIf
            Send-CsTemplate '{{_folder}}/own.qcow2' fra1 -Hypervisor KVM -WhatIf
            @(Get-ChildItem '{{_folder}}' -Force).Count
            """).Clean());

    [EngineFact]
    public void What_was_sent_comes_back_the_same_and_its_checksum_is_checked()
    {
        var result = engine.RunConnected($$"""
            Set-Content '{{_folder}}/own.qcow2' contents -NoNewline
            $sum = (Get-FileHash '{{_folder}}/own.qcow2').Hash
            $sent = Send-CsTemplate '{{_folder}}/own.qcow2' fra1 -Hypervisor KVM -Checksum "{SHA-256}$sum" -Argument @{ ispublic = $true }
            "$($sent.Name) $($sent.IsReady) $($sent.Size) $($sent.IsPublic)"
            Get-Content ($sent | Save-CsTemplate -Path '{{_folder}}/back.qcow2')
            $other = Send-CsTemplate '{{_folder}}/own.qcow2' fra1 -Hypervisor KVM -Name other -Checksum ('0' * 64)
            $other | Save-CsTemplate -Path '{{_folder}}/other.qcow2'
            Test-Path '{{_folder}}/other.qcow2'
            Get-Content ($other | Save-CsTemplate -Path '{{_folder}}/other.qcow2' -SkipChecksum)
            """);

        Assert.Equal(["own True 8 True", "contents", "False", "contents"], result.Output);
        Assert.StartsWith("CloudStack.BadAnswer,", result.OnlyError().Id, StringComparison.Ordinal);
    }

    [EngineFact]
    public void An_ISO_and_a_volume_are_sent() => Assert.Equal(
        ["rescue False True", "data Uploaded"],
        engine.RunConnected($$"""
            Set-Content '{{_folder}}/rescue.iso' contents -NoNewline
            Set-Content '{{_folder}}/data.qcow2.gz' contents -NoNewline
            Send-CsIso '{{_folder}}/rescue.iso' fra1 -Bootable $false | ForEach-Object { "$($_.Name) $($_.Bootable) $($_.IsReady)" }
            Send-CsVolume '{{_folder}}/data.qcow2.gz' fra1 | ForEach-Object { "$($_.Name) $($_.State)" }
            """).Clean());

    [EngineFact]
    public void A_file_that_is_not_there_or_empty_and_an_argument_given_twice_are_errors_before_anything_is_sent()
    {
        var result = engine.RunConnected($$"""
            Set-Content '{{_folder}}/own.qcow2' contents
            Send-CsTemplate '{{_folder}}/none.qcow2' fra1 -Hypervisor KVM
            $null = New-Item '{{_folder}}/empty.qcow2'
            Send-CsTemplate '{{_folder}}/empty.qcow2' fra1 -Hypervisor KVM
            Send-CsTemplate '{{_folder}}/own.qcow2' fra1 -Hypervisor KVM -Argument @{ name = 'other' }
            @(Get-CsTemplate -TemplateFilter self | Where-Object Name -in own, other, empty).Count
            """);

        Assert.Equal(["0"], result.Output);
        Assert.Equal(
            ["CloudStack.Local", "CloudStack.Local", "CloudStack.InvalidArgument"], result.Errors.Select(error => error.Id.Split(',')[0]));
    }

    [EngineFact]
    public void A_download_shows_its_progress_to_the_end() => Assert.Equal(
        ["True", "Completed"],
        engine.Run($$"""
            $ps = [powershell]::Create()
            $null = $ps.AddScript("Import-Module '{{BuiltModule.Manifest}}'; `$null = Connect-CsCloud -Simulator; Save-CsTemplate 'Debian 12' '{{_folder}}'")
            $null = $ps.Invoke()
            $shown = @($ps.Streams.Progress | Where-Object Activity -match 'Downloading Debian 12')
            $shown.Count -ge 2
            "$($shown[-1].RecordType)"
            """).Clean());
}
