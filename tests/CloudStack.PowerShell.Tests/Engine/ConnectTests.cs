using System.Net;
using System.Net.Sockets;
using CloudStack.PowerShell.Tests.Support;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Every way to connect, over HTTP.</summary>
[Collection(EngineCollection.Name)]
public sealed class ConnectTests(PowerShellEngine engine) : IDisposable
{
    private const string Id = "try { $null = {0} } catch { $_.FullyQualifiedErrorId.Split(',')[0] }";

    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-connect-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [EngineFact]
    public async Task Keys_connect()
    {
        await using var cloud = new ListeningCloud();

        Assert.Equal(["http", "fra1 http"], engine.Run(
            cloud.Connect + "(Get-CsConnection).Name; Get-CsZone fra1 | ForEach-Object { \"$($_.Name) $($_.Connection)\" }").Clean());
    }

    [EngineFact]
    public async Task A_user_name_password_and_domain_connect()
    {
        await using var cloud = new ListeningCloud();

        Assert.Equal(["user dev in /Engineering", "True"], engine.Run($"""
            $login = [pscredential]::new('dev', (ConvertTo-SecureString password -AsPlainText))
            (Connect-CsCloud -Url {cloud.Url} -Credential $login -Domain /Engineering).User
            @(Get-CsVirtualMachine).Count -gt 0
            """).Clean());
    }

    [EngineFact]
    public async Task The_environments_variables_connect()
    {
        await using var cloud = new ListeningCloud();

        Assert.Equal(["127.0.0.1"], engine.Run($$"""
            $env:CLOUDSTACK_API_URL = '{{cloud.Url}}'; $env:CLOUDSTACK_API_KEY = '{{cloud.Cloud.Credentials.User.ApiKey}}'
            $env:CLOUDSTACK_SECRET_KEY = '{{cloud.Cloud.Credentials.User.SecretKey}}'
            try { (Connect-CsCloud -FromEnvironment).Name } finally { Remove-Item env:CLOUDSTACK_API_*, env:CLOUDSTACK_SECRET_KEY }
            """).Clean());
    }

    [OwnFolderFact]
    public async Task A_profile_connects_under_its_own_name_with_a_secret_from_the_environment()
    {
        await using var cloud = new ListeningCloud();

        Assert.Equal(["lab", "True"], WithProfiles($$"""
            $env:LAB_SECRET = '{{cloud.Cloud.Credentials.User.SecretKey}}'
            $null = New-CsProfile lab -Url {{cloud.Url}} -ApiKey {{cloud.Cloud.Credentials.User.ApiKey}} -SecretSource env:LAB_SECRET
            (Connect-CsCloud -Profile lab).Name
            (Test-CsConnection -Profile lab).Success
            """).Clean());
    }

    [OwnFolderFact]
    public async Task A_profile_connects_with_a_secret_from_a_vault()
    {
        await using var cloud = new ListeningCloud();

        Assert.Equal(["vault:team/lab-key", "lab"], WithProfiles($$"""
            $null = New-Module -Name Microsoft.PowerShell.SecretManagement {
                function Get-Secret([string] $Name, [string] $Vault) {
                    if ("$Vault/$Name" -ne 'team/lab-key') { throw "no secret $Vault/$Name" }
                    ConvertTo-SecureString '{{cloud.Cloud.Credentials.User.SecretKey}}' -AsPlainText
                }
            } | Import-Module -PassThru
            (New-CsProfile lab -Url {{cloud.Url}} -ApiKey {{cloud.Cloud.Credentials.User.ApiKey}} -SecretSource vault:team/lab-key).SecretSource
            try { (Connect-CsCloud -Profile lab).Name } finally { Remove-Module Microsoft.PowerShell.SecretManagement }
            """).Clean());
    }

    [OwnFolderFact]
    public void Without_the_vaults_module_the_error_says_how_to_get_it()
    {
        var error = WithProfiles("""
            $null = New-CsProfile lab -Url https://lab.example.com -ApiKey key -SecretSource vault:lab-key
            $PSModuleAutoLoadingPreference = 'None'
            Connect-CsCloud -Profile lab
            """).OnlyError();

        Assert.StartsWith("CloudStack.Local,", error.Id, StringComparison.Ordinal);
        Assert.Contains("SecretManagement", error.Recommended, StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task A_second_factor_is_given_or_asked_for_or_missed()
    {
        await using var cloud = new ListeningCloud();
        var pin = Assert.Single(engine.Run(
            cloud.Connect + "(Invoke-CsApi setupUserTwoFactorAuthentication @{ provider = 'staticpin' } -Force).SecretCode").Clean());
        var connect = $"Connect-CsCloud -Url {cloud.Url} -Credential ([pscredential]::new('admin', (ConvertTo-SecureString password -AsPlainText)))";

        Assert.Equal(["CloudStack.SecondFactorRequired"], engine.Run(Id.Replace("{0}", connect, StringComparison.Ordinal)).Clean());
        Assert.Equal(["user admin"], engine.Run($"({connect} -TwoFactorCode {pin}).User").Clean());
        Assert.Contains(
            engine.RunAlone($"Import-Module '{BuiltModule.Manifest}'\n\"as $(({connect}).User)\"", pin),
            line => line.EndsWith("as user admin", StringComparison.Ordinal));
        Assert.Equal(2, cloud.Cloud.Requests.Count(request => request.Command == "validateUserTwoFactorAuthenticationCode"));
    }

    [EngineFact]
    public async Task A_certificate_is_trusted_by_its_authority_its_thumbprint_or_not_at_all()
    {
        await using var server = new CertifiedServer(_folder);
        var connect = $"Connect-CsCloud -Url {server.Url} -ApiKey k -SecretKey (ConvertTo-SecureString s -AsPlainText)";

        var result = engine.Run($"""
            {Id.Replace("{0}", connect, StringComparison.Ordinal)}
            {Id.Replace("{0}", connect + " -CertificateThumbprint " + new string('0', 64), StringComparison.Ordinal)}
            {Id.Replace("{0}", connect + " -CertificateThumbprint abcd", StringComparison.Ordinal)}
            {Id.Replace("{0}", connect + $" -CertificateAuthority '{_folder}/none.pem'", StringComparison.Ordinal)}
            ({connect} -CertificateAuthority '{server.AuthorityFile}').Name
            ({connect} -CertificateThumbprint {server.Thumbprint}).Name
            ({connect} -SkipCertificateCheck).Name
            """);

        Assert.Equal(
            [
                "CloudStack.Untrusted", "CloudStack.Untrusted", "CloudStack.InvalidArgument", "CloudStack.Local",
                "127.0.0.1", "127.0.0.1", "127.0.0.1",
            ],
            result.Clean());
        Assert.Contains("certificate", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [EngineFact]
    public async Task A_proxy_is_gone_through()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var asked = Task.Run(async () =>
        {
            using var client = await proxy.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            var line = await reader.ReadLineAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            proxy.Stop();
            return line;
        });

        var result = engine.Run(Id.Replace(
            "{0}",
            $"Connect-CsCloud -Url https://cloud.invalid -ApiKey k -SecretKey (ConvertTo-SecureString s -AsPlainText) -Proxy http://127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}",
            StringComparison.Ordinal));

        Assert.StartsWith("CloudStack.", Assert.Single(result.Clean()), StringComparison.Ordinal);
        Assert.Equal("CONNECT cloud.invalid:443 HTTP/1.1", await asked.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [EngineFact]
    public async Task With_CacheTime_a_list_is_asked_for_once_until_a_change_touches_it()
    {
        await using var cloud = new ListeningCloud();

        Assert.Equal(["True", "lab-net"], engine.Run(cloud.ConnectWith("-CacheTime 00:05:00") + """
            $first = (Get-CsAffinityGroup).Count
            $first -eq (Get-CsAffinityGroup).Count
            $null = New-CsAffinityGroup -Name lab-net -Type 'host anti-affinity'
            (Get-CsAffinityGroup | Where-Object Name -EQ lab-net).Name
            """).Clean());
        Assert.Equal(2, cloud.Cloud.Requests.Count(request => request.Command == "listAffinityGroups"));
    }

    [EngineFact]
    public async Task Without_CacheTime_each_list_is_asked_for_and_one_beyond_a_day_is_refused()
    {
        await using var cloud = new ListeningCloud();

        Assert.Equal(["CloudStack.InvalidArgument"], engine.Run(cloud.Connect + """
            $null = Get-CsZone
            $null = Get-CsZone
            """ + "\n" + Id.Replace("{0}", cloud.ConnectWith("-CacheTime 2.00:00:00").Replace("$null = ", "", StringComparison.Ordinal).Trim(), StringComparison.Ordinal)).Clean());
        Assert.Equal(2, cloud.Cloud.Requests.Count(request => request.Command == "listZones"));
    }

    [OwnFolderFact]
    public async Task A_server_that_encodes_its_answers_is_understood_by_a_switch_or_by_its_profile()
    {
        await using var cloud = new ListeningCloud(rewrite: Encoded);
        var user = cloud.Cloud.Credentials.RootAdmin;

        Assert.Equal(["host%20anti-affinity", "host anti-affinity", "host anti-affinity", "host%20anti-affinity"], WithProfiles($$"""
            function Read-Type { (Get-CsAffinityGroupType).Type | Select-Object -First 1 }
            {{cloud.Connect}}
            Read-Type
            {{cloud.ConnectWith("-EncodedAnswers")}}
            Read-Type
            $env:LAB_SECRET = '{{user.SecretKey}}'
            $null = New-CsProfile lab -Url {{cloud.Url}} -ApiKey {{user.ApiKey}} -SecretSource env:LAB_SECRET -EncodedAnswers -CacheTime 00:05:00
            $null = Connect-CsCloud -Profile lab
            Read-Type
            $null = Connect-CsCloud -Profile lab -EncodedAnswers:$false -CacheTime 0
            Read-Type
            """).Clean());

        static byte[] Encoded(byte[] body) => System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(body).Replace("host anti-affinity", "host%20anti-affinity", StringComparison.Ordinal));
    }

    [OwnFolderFact]
    public async Task A_profile_says_how_long_lists_are_answered_from_memory()
    {
        await using var cloud = new ListeningCloud();
        var user = cloud.Cloud.Credentials.RootAdmin;

        Assert.Empty(WithProfiles($$"""
            $env:LAB_SECRET = '{{user.SecretKey}}'
            $null = New-CsProfile lab -Url {{cloud.Url}} -ApiKey {{user.ApiKey}} -SecretSource env:LAB_SECRET -CacheTime 00:05:00
            $null = Connect-CsCloud -Profile lab
            $null = Get-CsZone; $null = Get-CsZone
            $null = Connect-CsCloud -Profile lab -CacheTime 0
            $null = Get-CsZone; $null = Get-CsZone
            """).Clean());
        Assert.Equal(3, cloud.Cloud.Requests.Count(request => request.Command == "listZones"));
    }

    [EngineFact]
    public async Task A_connection_is_diagnosed_step_by_step()
    {
        await using var cloud = new ListeningCloud();

        Assert.Equal(
            [
                "True url dns tcp tls api clock signature caller version commands jobs",
                "False fail", "False url dns tcp tls api clock signature caller version commands jobs",
                "True url dns tcp tls api clock",
            ],
            WithProfiles(cloud.Connect + $$"""
                Test-CsConnection | ForEach-Object { "$($_.Success) $($_.Checks.Check)" }
                $null = New-CsProfile wrong -Url {{cloud.Url}} -ApiKey none -SecretKey (ConvertTo-SecureString x -AsPlainText) -Plain
                $test = Test-CsConnection -Profile wrong
                "$($test.Success) $(($test.Checks | Where-Object Check -eq signature).Result.ToLower())"
                "$($test.Success) $($test.Checks.Check)"
                Test-CsConnection -Url {{cloud.Url}} | ForEach-Object { "$($_.Success) $($_.Checks.Check)" }
                """).Clean());
    }

    private EngineResult WithProfiles(string script) => engine.Run($$"""
        $before = $env:XDG_CONFIG_HOME
        $env:XDG_CONFIG_HOME = '{{_folder}}'
        try {
        {{script}}
        } finally { $env:XDG_CONFIG_HOME = $before }
        """);
}
