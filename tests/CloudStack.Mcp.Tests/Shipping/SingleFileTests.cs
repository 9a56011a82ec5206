using System.Runtime.InteropServices;
using System.Text.Json;
using CloudStack.Mcp.Tests.Engines;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Shipping;

/// <summary>
/// The program as one file for this machine, by its publish profile. Only compiling ahead is left out: it takes minutes, and
/// changes how fast the program starts and not what it does.
/// </summary>
[Collection(SdkCollection.Name)]
public sealed class SingleFileTests : IDisposable
{
    private const string Calls = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}
        {"jsonrpc":"2.0","method":"notifications/initialized"}
        {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"run_pipeline","arguments":{"pipeline":"Get-CsZone | Sort-Object Name | Select-Object Name"}}}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudstack-single-");

    public void Dispose() => _folder.Delete(recursive: true);

    [HostedFact]
    public async Task The_single_file_hosts_the_installed_PowerShell_and_runs_a_pipeline()
    {
        var publish = await Sdk.RunAsync(
            "publish", Path.Combine(TestPaths.Root, "src", "CloudStack.Mcp"), $"-p:PublishProfile={Runtime()}", "-p:PublishReadyToRun=false",
            "--configuration", Sdk.Configuration, $"-p:PublishDir={_folder.FullName}/");
        Assert.True(publish.ExitCode == 0, publish.Output + publish.Error);
        var home = Directory.CreateDirectory(Path.Combine(_folder.FullName, "home")).FullName;
        var program = Path.Combine(_folder.FullName, OperatingSystem.IsWindows() ? "cloudstack-mcp.exe" : "cloudstack-mcp");

        var answers = await AnswersAsync(program, home);

        var rows = answers.Single(a => a.GetProperty("id").GetInt32() == 2).GetProperty("result").GetProperty("structuredContent").GetProperty("rows");
        Assert.Equal(["ams1", "fra1"], rows.EnumerateArray().Select(row => row.GetProperty("Name").GetString()));
        Assert.Equal(["cloudstack-mcp", "home", "modules"], _folder.EnumerateFileSystemInfos().Select(file => Path.GetFileNameWithoutExtension(file.Name)).Order());
    }

    private static string Runtime()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }

    // Standard input stays open until the answers are there: its end ends the program.
    private static async Task<List<JsonElement>> AnswersAsync(string program, string home)
    {
        using var process = System.Diagnostics.Process.Start(Sdk.Start(program, ["serve", "--simulator", "--engine", "powershell"], home))!;
        await process.StandardInput.WriteLineAsync(Calls);
        await process.StandardInput.FlushAsync();
        var answers = new List<JsonElement>();
        while (answers.Count < 2 && await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) is { } line)
        {
            answers.Add(JsonElement.Parse(line));
        }

        process.StandardInput.Close();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(answers.Count == 2, error);
        return answers;
    }
}
