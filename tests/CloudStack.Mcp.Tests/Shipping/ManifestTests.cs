using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CloudStack.Mcp.Operation.Configuration;
using CloudStack.Mcp.Server.Protocol;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Shipping;

/// <summary>What is published with the program says the same as the program.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void The_registrys_entry_keeps_the_registrys_rules_and_names_this_version()
    {
        var server = Json("server.json");
        var package = server.GetProperty("packages").EnumerateArray().Single();

        Assert.Empty(RegistryRules.Problems(server));
        Assert.Equal(CloudMcpServer.Version, package.GetProperty("version").GetString());
        Assert.Equal(Project("PackageId"), package.GetProperty("identifier").GetString());
        Assert.Contains(server.GetProperty("name").GetString()!, Text("src/CloudStack.Mcp/README.md"), StringComparison.Ordinal);
        Assert.True(package.GetProperty("environmentVariables").EnumerateArray()
            .Single(v => v.GetProperty("name").GetString() == "CLOUDSTACK_SECRET_KEY").GetProperty("isSecret").GetBoolean());
    }

    [Theory]
    [InlineData("\"version\": \"0.1.0\"", "\"version\": \"latest\"", "version")]
    [InlineData("\"version\": \"0.1.0\"", "\"version\": \"^0.1.0\"", "version")]
    [InlineData("com.example/", "com.example/x/", "name")]
    [InlineData("\"identifier\"", "\"packageName\"", "'identifier' is missing")]
    [InlineData("\"Run Apache", "\"It lets an assistant of any maker run, on any machine, Apache", "description")]
    public void The_registrys_rules_find_what_breaks_them(string part, string other, string problem) =>
        Assert.Contains(problem, RegistryRules.Problems(JsonElement.Parse(Text("server.json").Replace(part, other, StringComparison.Ordinal))));

    [Fact]
    public async Task The_bundle_names_this_version_and_the_tools_that_are_listed()
    {
        var bundle = Json("deploy/mcpb/manifest.json");
        await using var server = new TestServer();
        var tools = await (await server.ConnectAsync()).Mcp.ListToolsAsync();

        Assert.Equal(CloudMcpServer.Version, bundle.GetProperty("version").GetString());
        Assert.Equal(tools.Select(t => t.Name), bundle.GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()!));
        Assert.True(bundle.GetProperty("user_config").GetProperty("secret_key").GetProperty("sensitive").GetBoolean());
    }

    [Theory]
    [InlineData("deploy/compose/config.json")]
    [InlineData("deploy/kubernetes/cloudstack-mcp.yaml")]
    public void The_examples_configuration_is_good_as_it_stands(string path)
    {
        var text = Text(path);
        if (path.EndsWith(".yaml", StringComparison.Ordinal))
        {
            var lines = text.Split('\n').SkipWhile(line => !line.StartsWith("  config.json: |", StringComparison.Ordinal)).Skip(1);
            text = string.Join('\n', lines.TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)));
        }

        foreach (var (name, value) in new[] { ("CLOUDSTACK_SECRET_KEY", "s"), ("CONFIRM_KEY", Convert.ToBase64String(new byte[32])), ("STORE", "Host=db") })
        {
            text = text.Replace("env:" + name, "env:CLOUDSTACK_TEST_EXAMPLE_" + name, StringComparison.Ordinal);
            Environment.SetEnvironmentVariable("CLOUDSTACK_TEST_EXAMPLE_" + name, value);
        }

        var folder = Directory.CreateTempSubdirectory("cloudstack-example-");
        File.WriteAllText(Path.Combine(folder.FullName, "config.json"), text);
        var config = ConfigFile.Read(Path.Combine(folder.FullName, "config.json"));
        folder.Delete(recursive: true);

        Assert.Equal("prod", config.DefaultCloud);
        Assert.NotNull(config.Postgres);
        Assert.True(config.KnowsCallers);
    }

    [Fact]
    public void What_the_image_is_built_from_holds_everything_that_the_build_takes_in()
    {
        var ignored = File.ReadLines(Path.Combine(TestPaths.Root, ".dockerignore")).Where(line => line.Length > 0 && line[0] != '#').ToList();
        var taken = Directory.EnumerateFiles(Path.Combine(TestPaths.Root, "src"), "*.*proj", SearchOption.AllDirectories)
            .SelectMany(project => Regex.Matches(File.ReadAllText(project), @"(?:\$\(RepositoryRoot\)|""\.\./\.\./)([\w.-]+(?:/[\w.-]+)*)"))
            .Select(match => match.Groups[1].Value)
            .Where(path => path != "out" && Path.Exists(Path.Combine(TestPaths.Root, path)))
            .Distinct().ToList();

        Assert.Contains("docs/coverage.md", taken);
        Assert.Contains("docs/third-party-notices.md", taken);
        Assert.All(taken, path => Assert.True(IsSent(path), $"{path} is left out by .dockerignore"));

        // The last line that fits decides, as Docker has it; more than these forms the file doesn't use.
        bool IsSent(string path) => ignored.LastOrDefault(line => Fits(line.TrimStart('!'), path))?.StartsWith('!') != false;

        static bool Fits(string pattern, string path) =>
            path == pattern || path.StartsWith(pattern.TrimEnd('*').TrimEnd('/') + "/", StringComparison.Ordinal)
            || (pattern.StartsWith("**/", StringComparison.Ordinal) && path.Split('/').Contains(pattern[3..]));
    }

    [Fact]
    public void The_image_runs_without_root_and_asks_for_its_own_health()
    {
        var lines = Text("deploy/Dockerfile").Split('\n');
        var last = Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal));
        var image = string.Join('\n', lines[last..]);

        Assert.Matches(new Regex(@"^ARG APP_UID=[1-9]\d+$", RegexOptions.Multiline), image);
        Assert.Matches(new Regex("^USER \\$APP_UID$", RegexOptions.Multiline), image);
        Assert.Matches(new Regex("^HEALTHCHECK ", RegexOptions.Multiline), image);
        Assert.Contains("\"health\", \"http://127.0.0.1:8080\"", image, StringComparison.Ordinal);
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"/app/cloudstack-mcp.dll\"]", image, StringComparison.Ordinal);
        Assert.DoesNotContain("latest", image, StringComparison.Ordinal);
    }

    [Fact]
    public void The_clusters_replicas_have_no_rights_they_dont_need()
    {
        var yaml = Text("deploy/kubernetes/cloudstack-mcp.yaml");

        foreach (var line in (string[])["replicas: 3", "runAsNonRoot: true", "allowPrivilegeEscalation: false", "readOnlyRootFilesystem: true",
            "drop: [ALL]", "path: /health/live", "path: /health/ready"])
        {
            Assert.Contains(line, yaml, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("linux-x64")]
    [InlineData("linux-arm64")]
    [InlineData("win-x64")]
    [InlineData("osx-arm64")]
    public void There_is_a_publish_profile_for(string runtime)
    {
        var profile = XDocument.Parse(Text($"src/CloudStack.Mcp/Properties/PublishProfiles/{runtime}.pubxml"));

        Assert.Equal(runtime, profile.Descendants("RuntimeIdentifier").Single().Value);
    }

    private static string? Project(string property) =>
        XDocument.Parse(Text("src/CloudStack.Mcp/CloudStack.Mcp.csproj")).Descendants(property).Single().Value;

    private static JsonElement Json(string path) => JsonElement.Parse(Text(path));

    private static string Text(string path) => File.ReadAllText(Path.Combine(TestPaths.Root, path));
}
