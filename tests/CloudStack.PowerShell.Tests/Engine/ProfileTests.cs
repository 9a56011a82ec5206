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
