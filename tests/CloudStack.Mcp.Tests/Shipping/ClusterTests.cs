using System.Text.Json;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Shipping;

/// <summary>The examples for Compose and Kubernetes, read as YAML: what one part names, another one has.</summary>
public sealed class ClusterTests
{
    private const string ToJson = """
        import { readFileSync } from "node:fs";
        import { parseAllDocuments } from "yaml";
        const documents = parseAllDocuments(readFileSync(process.argv[2], "utf8"), { strict: true, uniqueKeys: true });
        for (const document of documents) if (document.errors.length) throw document.errors[0];
        console.log(JSON.stringify(documents.map(document => document.toJS())));
        """;

    private static readonly string[] Secrets = ["CLOUDSTACK_SECRET_KEY", "CONFIRM_KEY", "STORE"];

    [NodeFact(nameof(NodeTools.Files))]
    public async Task Kubernetes_finds_what_the_manifests_name()
    {
        var documents = await ReadAsync("deploy/kubernetes/cloudstack-mcp.yaml");
        var set = Kind(documents, "StatefulSet").GetProperty("spec");
        var pod = set.GetProperty("template").GetProperty("spec");
        var container = pod.GetProperty("containers").EnumerateArray().Single();
        var labels = set.GetProperty("template").GetProperty("metadata").GetProperty("labels").GetRawText();
        var ports = container.GetProperty("ports").EnumerateArray().Select(port => Text(port, "name")).ToList();

        Assert.All(documents, document => Assert.NotEqual("", Text(document.GetProperty("metadata"), "name")));
        Assert.Single(documents.Select(document => Text(document.GetProperty("metadata"), "namespace")).Distinct());
        Assert.Equal(labels, set.GetProperty("selector").GetProperty("matchLabels").GetRawText());
        Assert.Equal(labels, Kind(documents, "Service").GetProperty("spec").GetProperty("selector").GetRawText());
        Assert.Equal(labels, Kind(documents, "PodDisruptionBudget").GetProperty("spec").GetProperty("selector").GetProperty("matchLabels").GetRawText());
        Assert.Equal(Text(set, "serviceName"), Text(Kind(documents, "Service").GetProperty("metadata"), "name"));
        Assert.Contains(Text(Kind(documents, "Service").GetProperty("spec").GetProperty("ports")[0], "targetPort"), ports);
        foreach (var probe in (string[])["livenessProbe", "readinessProbe"])
        {
            Assert.Contains(Text(container.GetProperty(probe).GetProperty("httpGet"), "port"), ports);
        }

        var volumes = pod.GetProperty("volumes").EnumerateArray().Select(volume => Text(volume, "name"))
            .Concat(set.GetProperty("volumeClaimTemplates").EnumerateArray().Select(claim => Text(claim.GetProperty("metadata"), "name")));
        Assert.Equal(volumes.Order(), container.GetProperty("volumeMounts").EnumerateArray().Select(mount => Text(mount, "name")).Order());
        Assert.Equal(Secrets.Order(), container.GetProperty("env").EnumerateArray().Select(variable => Text(variable, "name")).Order());
    }

    [NodeFact(nameof(NodeTools.Files))]
    public async Task Compose_finds_what_the_services_name()
    {
        var compose = Assert.Single(await ReadAsync("deploy/compose/compose.yaml"));
        var services = compose.GetProperty("services");
        var mcp = services.GetProperty("mcp");
        var folder = Path.Combine(TestPaths.Root, "deploy/compose");

        Assert.Equal(3, mcp.GetProperty("deploy").GetProperty("replicas").GetInt32());
        Assert.True(File.Exists(Path.Combine(folder, Text(mcp.GetProperty("build"), "context"), Text(mcp.GetProperty("build"), "dockerfile"))));
        Assert.Equal(Secrets.Order(), mcp.GetProperty("environment").EnumerateObject().Select(variable => variable.Name).Order());
        var named = compose.GetProperty("volumes").EnumerateObject().Select(volume => volume.Name).ToList();
        foreach (var volume in services.EnumerateObject().SelectMany(service => service.Value.GetProperty("volumes").EnumerateArray()))
        {
            var source = volume.GetString()!.Split(':')[0];
            Assert.True(source.StartsWith('.') ? File.Exists(Path.Combine(folder, source)) : named.Contains(source), source);
        }

        // Each variable that the file takes from outside is in the example to be filled in.
        var example = (await File.ReadAllLinesAsync(Path.Combine(folder, "env.example"))).Select(line => line.Split('=')[0]).ToList();
        foreach (System.Text.RegularExpressions.Match variable in System.Text.RegularExpressions.Regex.Matches(compose.GetRawText(), @"\$\{(\w+)\}"))
        {
            Assert.Contains(variable.Groups[1].Value, example);
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static JsonElement Kind(JsonElement[] documents, string kind) => documents.Single(document => Text(document, "kind") == kind);

    private static async Task<JsonElement[]> ReadAsync(string path)
    {
        var run = await NodeTools.Files.RunScriptAsync(ToJson, Path.Combine(TestPaths.Root, path));
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. JsonElement.Parse(run.Output).EnumerateArray()];
    }
}
