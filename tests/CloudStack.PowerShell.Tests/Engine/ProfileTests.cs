namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Profiles, in a configuration folder of the test's own.</summary>
[Collection(EngineCollection.Name)]
public sealed class ProfileTests(PowerShellEngine engine) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-profiles-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [OwnFolderFact]
    public void A_profile_is_added_shown_changed_and_removed() => Assert.Equal(
        ["lab https://lab.example.com/client/api env:LAB_SECRET True", "key-2", "0"],
        Run("""
            $p = New-CsProfile lab -Url https://lab.example.com -ApiKey key -SecretSource env:LAB_SECRET
            "$($p.Name) $($p.Url) $($p.SecretSource) $($p.IsDefault)"
            (Set-CsProfile lab -ApiKey key-2).ApiKey
            Remove-CsProfile lab
            @(Get-CsProfile).Count
            """).Clean());

    [OwnFolderFact]
    public void A_profile_keeps_how_answers_are_read_until_it_is_told_otherwise() => Assert.Equal(
        ["True 00:05:00", "True 00:05:00", "False 00:00:00", "CloudStack.InvalidArgument"],
        Run("""
            $p = New-CsProfile lab -Url https://lab.example.com -ApiKey key -SecretSource env:LAB_SECRET -EncodedAnswers -CacheTime 00:05:00
            "$($p.EncodedAnswers) $($p.CacheTime)"
            $p = Set-CsProfile lab -ApiKey key-2
            "$($p.EncodedAnswers) $($p.CacheTime)"
            $p = Set-CsProfile lab -EncodedAnswers:$false -CacheTime 0
            "$($p.EncodedAnswers) $($p.CacheTime)"
            try { Set-CsProfile lab -CacheTime 2.00:00:00 -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            """).Clean());

    [OwnFolderFact]
    public void A_plain_secret_needs_Plain_and_is_never_shown()
    {
        var result = Run("""
            $secret = ConvertTo-SecureString 'hunter2' -AsPlainText -Force
            New-CsProfile lab -Url https://lab.example.com -ApiKey key -SecretKey $secret -Plain | Format-List * | Out-String
            Get-CsProfile | Format-List * | Out-String
            New-CsProfile bad -Url https://lab.example.com -ApiKey key -SecretSource hunter2
            """);

        Assert.StartsWith("CloudStack.InvalidArgument,", result.OnlyError().Id, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Join(' ', result.Output) + result.OnlyError().Message, StringComparison.Ordinal);
    }

    [OwnFolderFact]
    public void Profiles_of_cmk_are_taken_over_with_their_secrets_in_files_of_their_own()
    {
        File.WriteAllText(Path.Combine(_folder, "config"), """
            [core]
            profile = old

            [old]
            url = http://127.0.0.1:9/client/api
            apikey = the-key
            secretkey = the-secret

            [nokeys]
            url = http://127.0.0.1:9/client/api
            username = admin
            """);

        var result = Run($"""
            (Import-CsProfile '{_folder}/config').Name
            try {'{'} Connect-CsCloud -Profile old {'}'} catch {'{'} $_.FullyQualifiedErrorId {'}'}
            """);

        Assert.Equal(["old", "CloudStack.Unreachable,CloudStack.PowerShell.Commands.ConnectCsCloudCommand"], result.Output);
        Assert.Contains("nokeys", Assert.Single(result.Warnings), StringComparison.Ordinal);
        var secret = Assert.Single(Directory.GetFiles(_folder, "old.secret", SearchOption.AllDirectories));
        Assert.Equal("the-secret", File.ReadAllText(secret));
    }

    [OwnFolderFact]
    public void What_cmk_uses_becomes_the_default_and_Connect_CsCloud_alone_takes_it()
    {
        File.WriteAllText(Path.Combine(_folder, "config"), """
            [core]
            asyncblock = true
            profile = used

            [other]
            url = http://127.0.0.1:8/client/api
            apikey = k
            secretkey = s

            [used]
            url = http://127.0.0.1:9
            apikey = k
            secretkey = "s"
            """);

        var result = Run($$"""
            try { Connect-CsCloud } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            Import-CsProfile '{{_folder}}/config' | ForEach-Object { "$($_.Name) $($_.Url)" }
            (Get-CsProfile | Where-Object IsDefault).Name
            try { Connect-CsCloud } catch { "$_".Substring(0, 11) }
            """);

        Assert.Equal(
            [
                "CloudStack.NotConnected",
                "other http://127.0.0.1:8/client/api", "used http://127.0.0.1:9/client/api", "used", "127.0.0.1:9",
            ],
            result.Clean());
    }

    [OwnFolderFact]
    public void The_environments_variables_become_a_profile_with_the_secret_in_a_file_of_its_own()
    {
        var result = Run("""
            try { Import-CsProfile -FromEnvironment -Name kept -ErrorAction Stop } catch { $_.FullyQualifiedErrorId.Split(',')[0] }
            $env:CLOUDSTACK_API_URL = 'https://lab.example.com'; $env:CLOUDSTACK_API_KEY = 'key'; $env:CLOUDSTACK_SECRET_KEY = 'hunter2'
            try { Import-CsProfile -FromEnvironment -Name kept | ForEach-Object { "$($_.Name) $($_.Url) $($_.ApiKey)" } }
            finally { Remove-Item env:CLOUDSTACK_API_*, env:CLOUDSTACK_SECRET_KEY }
            """);

        Assert.Equal(["CloudStack.NotConnected", "kept https://lab.example.com/client/api key"], result.Clean());
        Assert.Equal("hunter2", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder, "kept.secret", SearchOption.AllDirectories))));
        Assert.DoesNotContain("hunter2", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder, "profiles.json", SearchOption.AllDirectories))));
    }

    [OwnFolderFact]
    public void Profiles_go_through_the_pipeline() => Assert.Equal(
        ["a 00:01:00", "b 00:01:00", "b", "0"],
        Run("""
            'a', 'b' | ForEach-Object { $null = New-CsProfile $_ -Url https://lab.example.com -ApiKey key -SecretSource env:S }
            Get-CsProfile | Set-CsProfile -CacheTime 00:01:00 | ForEach-Object { "$($_.Name) $($_.CacheTime)" }
            ('b' | Get-CsProfile).Name
            Get-CsProfile | Remove-CsProfile
            @(Get-CsProfile).Count
            """).Clean());

    [EngineFact]
    public void A_connection_is_tested() => Assert.Equal(
        ["simulator True"],
        engine.RunConnected("Test-CsConnection | ForEach-Object { \"$($_.Connection) $($_.Success)\" }").Clean());

    private EngineResult Run(string script) => engine.Run($$"""
        $before = $env:XDG_CONFIG_HOME
        $env:XDG_CONFIG_HOME = '{{_folder}}'
        try {
        {{script}}
        } finally { $env:XDG_CONFIG_HOME = $before }
        """);
}
