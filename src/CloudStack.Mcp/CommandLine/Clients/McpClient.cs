namespace CloudStack.Mcp.CommandLine.Clients;

/// <summary>The shape of a client's configuration.</summary>
internal enum ConfigShape
{
    /// <summary>A JSON object of servers by name.</summary>
    Json,

    /// <summary>TOML, as the Codex CLI has it.</summary>
    Toml,
}

/// <summary>How a client is told about a server.</summary>
/// <param name="Id">The client's name on the command line.</param>
/// <param name="Title">Its name.</param>
/// <param name="Place">Where its configuration is.</param>
/// <param name="Key">The member that holds the servers; with a point between, a member of a member.</param>
internal sealed record McpClient(string Id, string Title, string Place, string Key = "mcpServers")
{
    /// <summary>The configuration's shape.</summary>
    public ConfigShape Shape { get; init; }

    /// <summary>The value of <c>type</c> for a program, or null where the client knows no type.</summary>
    public string? ProgramType { get; init; }

    /// <summary>The value of <c>type</c> for an address, or null where the client knows no type.</summary>
    public string? AddressType { get; init; }

    /// <summary>The member that holds an address; null where the client only starts programs.</summary>
    public string? AddressKey { get; init; } = "url";

    /// <summary>True where program and arguments are one array.</summary>
    public bool OneArray { get; init; }

    /// <summary>True where the client wants to be told which tools may be used.</summary>
    public bool NamesTools { get; init; }

    /// <summary>How the client writes the value of an environment variable, with <c>*</c> for its name; null where it can't.</summary>
    public string? Variable { get; init; }

    /// <summary>The clients that are known.</summary>
    public static IReadOnlyList<McpClient> All { get; } =
    [
        new("claude-desktop", "Claude Desktop", "claude_desktop_config.json (Settings, Developer, Edit Config)") { AddressKey = null },
        new("claude-code", "Claude Code", ".mcp.json in the project") { ProgramType = "stdio", AddressType = "http", Variable = "${*}" },
        new("vs-code", "VS Code with Copilot", ".vscode/mcp.json, or MCP: Open User Configuration", "servers") { ProgramType = "stdio", AddressType = "http", Variable = "${env:*}" },
        new("visual-studio", "Visual Studio", ".mcp.json beside the solution", "servers") { ProgramType = "stdio", AddressType = "http" },
        new("copilot-cli", "GitHub Copilot CLI", "~/.copilot/mcp-config.json") { ProgramType = "local", AddressType = "http", NamesTools = true },
        new("cursor", "Cursor", ".cursor/mcp.json in the project, or ~/.cursor/mcp.json") { Variable = "${env:*}" },
        new("windsurf", "Windsurf", "~/.codeium/windsurf/mcp_config.json") { AddressKey = "serverUrl", Variable = "${env:*}" },
        new("zed", "Zed", "settings.json", "context_servers"),
        new("jetbrains", "JetBrains IDEs", "Settings, Tools, AI Assistant, Model Context Protocol (MCP), Add, JSON"),
        new("gemini-cli", "Gemini CLI", "~/.gemini/settings.json, or .gemini/settings.json in the project") { AddressKey = "httpUrl", Variable = "$*" },
        new("codex-cli", "Codex CLI", "~/.codex/config.toml", "mcp_servers") { Shape = ConfigShape.Toml },
        new("opencode", "OpenCode 2", "opencode.json, or ~/.config/opencode/opencode.json", "mcp.servers")
        {
            ProgramType = "local", AddressType = "remote", OneArray = true, Variable = "{env:*}",
        },
        new("opencode-v1", "OpenCode 1", "opencode.json", "mcp") { ProgramType = "local", AddressType = "remote", OneArray = true, Variable = "{env:*}" },
        new("cline", "Cline", "cline_mcp_settings.json (MCP Servers, Configure)") { AddressType = "streamableHttp" },
        new("lm-studio", "LM Studio", "~/.lmstudio/mcp.json (Program, Install, Edit mcp.json)"),
    ];
}
