using Cloud.Core.Errors;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Operation.Configuration;

namespace CloudStack.Mcp.Tests.Operation;

public sealed class ConfigFileTests : IDisposable
{
    private const string Lab = """ "clouds": { "lab": { "simulator": true } } """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudstack-config-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void One_simulated_cloud_is_configuration_enough()
    {
        var config = Read($"{{ {Lab} }}");

        Assert.Equal("lab", config.DefaultCloud);
        Assert.Null(config.Http);
        Assert.Equal(["admin", "reader"], config.Roles.Select(role => role.Name));
    }

    [Fact]
    public void Every_problem_is_named_at_once()
    {
        var error = Assert.Throws<CloudException>(() => Read("""
            {
              "clouds": { "lab": { "simulator": true, "profile": "x" }, "b d": { "simulator": true } },
              "reedOnly": true,
              "allow": ["nonsense"],
              "confirm": { "destroy": "perhaps", "tokenSeconds": 1 },
              "http": { "listen": "http://0.0.0.0:8080" },
              "rate": { "perMinute": 0 },
              "logLevel": "loud",
              "store": { "postgres": "Host=db;Password=geheim" }
            }
            """));

        Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
        foreach (var place in (string[])["clouds.lab ", "clouds.b d ", "defaultCloud", "reedOnly isn't known; did you mean 'readOnly'?", "allow ", "confirm ",
            "confirm.tokenSeconds", "http.listen", "rate.perMinute", "logLevel", "store.postgres must be a reference"])
        {
            Assert.Contains(error.Problems, problem => problem.StartsWith(place, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("geheim", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secretKey", """ "url": "https://c.example/client/api", "apiKey": "a", "secretKey": "s3cret" """)]
    [InlineData("secretKey", """ "url": "https://c.example/client/api", "apiKey": "a", "secretKey": "text:s3cret" """)]
    [InlineData("secretKey", """ "url": "https://c.example/client/api", "apiKey": "a", "secretKey": "env:NOT_SET_ANYWHERE" """)]
    public void A_secret_is_only_taken_by_reference(string place, string cloud)
    {
        var error = Assert.Throws<CloudException>(() => Read($$"""{ "clouds": { "c": { {{cloud}} } } }"""));

        Assert.Contains(error.Problems, problem => problem.Contains(place, StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_others_reach_needs_callers()
    {
        Assert.Throws<CloudException>(() => Read($$"""{ {{Lab}}, "http": { "listen": "http://0.0.0.0:8080" } }"""));

        var config = Read($$"""
            { {{Lab}}, "http": { "listen": "http://0.0.0.0:8080" },
              "callers": { "keys": [{ "name": "a", "hash": "{{ApiKey.Hash("k")}}", "roles": ["reader"] }] } }
            """);

        Assert.Equal(8080, config.Http!.Port);
    }

    [Theory]
    [InlineData(""" { "name": "a", "hash": "sha256:12", "roles": ["reader"] } """, "hash")]
    [InlineData(""" { "name": "a", "roles": ["reader"] } """, "hash")]
    [InlineData(""" { "name": "a", "hash": "HASH" } """, "roles")]
    [InlineData(""" { "name": "a", "hash": "HASH", "roles": ["king"] } """, "roles")]
    [InlineData(""" { "name": "a", "hash": "HASH", "roles": ["reader"], "expires": "soon" } """, "expires")]
    public void A_key_that_cant_work_is_a_problem(string key, string member)
    {
        var error = Assert.Throws<CloudException>(() => Read($$"""
            { {{Lab}}, "http": { "listen": "http://127.0.0.1:0" }, "callers": { "keys": [{{key.Replace("HASH", ApiKey.Hash("k"), StringComparison.Ordinal)}}] } }
            """));

        Assert.Contains(error.Problems, problem => problem.StartsWith($"callers.keys[0].{member}", StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_of_an_issuer_dont_come_over_an_open_way()
    {
        var error = Assert.Throws<CloudException>(() => Read($$"""
            { {{Lab}}, "http": { "listen": "http://127.0.0.1:0" },
              "callers": { "jwt": { "issuer": "http://id.example.org", "audience": "https://mcp.example.org/mcp" } } }
            """));

        Assert.Contains(error.Problems, problem => problem.StartsWith("callers.jwt.issuer must be an https", StringComparison.Ordinal));
    }

    [Fact]
    public void Replicas_that_share_a_store_must_share_the_key_of_tokens()
    {
        var secret = Path.Combine(_folder.FullName, "store");
        File.WriteAllText(secret, "Host=db");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        }

        var error = Assert.Throws<CloudException>(() => Read($$"""{ {{Lab}}, "store": { "postgres": "file:{{secret}}" } }"""));

        Assert.Contains(error.Problems, problem => problem.StartsWith("confirm.key is missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{ "clouds": {}, "clouds": {} }""")]
    public void What_is_no_such_file_is_one_clear_error(string text) =>
        Assert.Equal(ErrorCause.Local, Assert.Throws<CloudException>(() => Read(text)).Cause);

    [Theory]
    [InlineData("[1]")]
    [InlineData("{\"a\":1}")]
    [InlineData("\"x\"")]
    [InlineData("-1")]
    [InlineData("null")]
    public void No_value_in_any_place_ends_the_reading_otherwise_than_by_a_named_problem(string value)
    {
        foreach (var member in (string[])["clouds", "defaultCloud", "readOnly", "allow", "deny", "toolsets", "confirm", "pollSeconds", "auditLog",
            "logLevel", "http", "callers", "roles", "rate", "store", "telemetry"])
        {
            var before = member == "clouds" ? "" : Lab + ",";
            try
            {
                Read($$"""{ {{before}} "{{member}}": {{value}} }""");
            }
            catch (CloudException error)
            {
                Assert.NotEmpty(error.Problems);
            }
        }
    }

    private ServeConfig Read(string text)
    {
        var path = Path.Combine(_folder.FullName, "config.json");
        File.WriteAllText(path, text);
        return ConfigFile.Read(path);
    }
}
