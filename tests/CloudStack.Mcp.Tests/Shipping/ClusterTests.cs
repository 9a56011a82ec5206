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

    // The models check an object by the schemas that Kubernetes publishes; a field that they don't know is looked for besides.
    private const string Check = """
        import { readFileSync } from "node:fs";
        import { parseAllDocuments } from "yaml";
        import * as apps from "kubernetes-models/apps/v1";
        import * as core from "kubernetes-models/v1";
        import * as policy from "kubernetes-models/policy/v1";
        const groups = { "apps/v1": apps, "v1": core, "policy/v1": policy };
        for (const document of parseAllDocuments(readFileSync(process.argv[2], "utf8"))) {
          const { apiVersion, kind, ...rest } = document.toJS();
          const Model = groups[apiVersion]?.[kind];
          if (!Model) throw new Error(`There is no ${kind} in ${apiVersion}.`);
          new Model(rest).validate();
          console.log(kind);
        }
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
    public async Task Each_manifest_is_an_object_that_Kubernetes_takes()
    {
        var run = await NodeTools.Files.RunScriptAsync(Check, Path.Combine(TestPaths.Root, "deploy/kubernetes/cloudstack-mcp.yaml"));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["ConfigMap", "PodDisruptionBudget", "Service", "StatefulSet"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [NodeFact(nameof(NodeTools.Files))]
    public async Task A_manifest_with_a_fault_is_found()
    {
        var broken = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        var text = await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "deploy/kubernetes/cloudstack-mcp.yaml"));
        await File.WriteAllTextAsync(broken, text.Replace("replicas: 3", "replicas: three", StringComparison.Ordinal));

        var run = await NodeTools.Files.RunScriptAsync(Check, broken);
        File.Delete(broken);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("replicas", run.Error, StringComparison.Ordinal);
    }

    [NodeFact(nameof(NodeTools.Files))]
    public async Task Three_replicas_run_without_rights_behind_probes_with_their_secrets_from_the_cluster()
    {
        var documents = await ReadAsync("deploy/kubernetes/cloudstack-mcp.yaml");
        var set = Kind(documents, "StatefulSet").GetProperty("spec");
        var pod = set.GetProperty("template").GetProperty("spec");
        var container = pod.GetProperty("containers").EnumerateArray().Single();
        var readme = await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "deploy/kubernetes/README.md"));

        Assert.Equal(3, set.GetProperty("replicas").GetInt32());
        Assert.Equal(2, Kind(documents, "PodDisruptionBudget").GetProperty("spec").GetProperty("minAvailable").GetInt32());
        Assert.True(pod.GetProperty("securityContext").GetProperty("runAsNonRoot").GetBoolean());
        Assert.False(container.GetProperty("securityContext").GetProperty("allowPrivilegeEscalation").GetBoolean());
        Assert.True(container.GetProperty("securityContext").GetProperty("readOnlyRootFilesystem").GetBoolean());
        Assert.Equal("/health/live", Text(container.GetProperty("livenessProbe").GetProperty("httpGet"), "path"));
        Assert.Equal("/health/ready", Text(container.GetProperty("readinessProbe").GetProperty("httpGet"), "path"));
        Assert.All(container.GetProperty("env").EnumerateArray(), variable =>
        {
            Assert.False(variable.TryGetProperty("value", out _));
            var secret = variable.GetProperty("valueFrom").GetProperty("secretKeyRef");
            Assert.Contains($"generic {Text(secret, "name")} ", readme, StringComparison.Ordinal);
            Assert.Contains($"--from-literal={Text(secret, "key")}=", readme, StringComparison.Ordinal);
        });
    }

    [NodeFact(nameof(NodeTools.Files))]
    public async Task The_configuration_in_the_manifests_is_one_that_the_server_takes()
    {
        var documents = await ReadAsync("deploy/kubernetes/cloudstack-mcp.yaml");
        var config = JsonElement.Parse(Text(Kind(documents, "ConfigMap").GetProperty("data"), "config.json"));

        Assert.Equal("env:STORE", Text(config.GetProperty("store"), "postgres"));
        Assert.Equal("env:CONFIRM_KEY", Text(config.GetProperty("confirm"), "key"));
        Assert.All(config.GetProperty("clouds").EnumerateObject(), cloud => Assert.StartsWith("env:", Text(cloud.Value, "secretKey"), StringComparison.Ordinal));
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

    [Fact]
    public void Balancers_send_a_client_to_one_replica_because_its_session_begins_before_it_has_a_name()
    {
        Assert.Contains("lb_policy ip_hash", File.ReadAllText(Path.Combine(TestPaths.Root, "deploy/compose/Caddyfile")), StringComparison.Ordinal);
        Assert.Contains("sessionAffinity: ClientIP", File.ReadAllText(Path.Combine(TestPaths.Root, "deploy/kubernetes/cloudstack-mcp.yaml")), StringComparison.Ordinal);
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
