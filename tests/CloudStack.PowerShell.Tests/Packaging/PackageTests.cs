using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Emit;
using System.Xml.Linq;
using CloudStack.PowerShell.Tests.Engine;

namespace CloudStack.PowerShell.Tests.Packaging;

/// <summary>The package that <c>dotnet pack</c> makes, installed as people install it.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-package-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_package_says_what_the_gallery_asks_and_holds_the_whole_module()
    {
        using var package = ZipFile.OpenRead(Pack("-p:ProjectUri=https://project.example/home", "-p:IconUri=https://project.example/icon.png"));
        using var description = package.GetEntry("CloudStack.PowerShell.nuspec")!.Open();
        var metadata = XDocument.Load(description).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);
        var tags = metadata["tags"];
        var manifest = Read(package, "CloudStack.PowerShell.psd1");
        var entries = package.Entries.Select(entry => Uri.UnescapeDataString(entry.FullName)).ToHashSet(StringComparer.Ordinal);

        Assert.Equal("CloudStack.PowerShell", metadata["id"]);
        Assert.Superset(
            new HashSet<string> { "PSModule", "PSEdition_Core", "PSIncludes_Cmdlet", "PSCmdlet_Connect-CsCloud", "PSCmdlet_Save-CsTemplate" },
            tags.Split(' ').ToHashSet());
        Assert.InRange(tags.Length, 1000, 4000);
        Assert.NotEmpty(metadata["releaseNotes"]);
        Assert.Contains("ProjectUri   = 'https://project.example/home'", manifest, StringComparison.Ordinal);
        Assert.Contains("IconUri      = 'https://project.example/icon.png'", manifest, StringComparison.Ordinal);
        Assert.Contains("[Content_Types].xml", entries);
        Assert.Superset(
            Directory.GetFiles(BuiltModule.Folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(BuiltModule.Folder, file).Replace('\\', '/')).ToHashSet(),
            entries);
        Assert.Contains("Redistribution and use in source and binary forms", Read(package, "ThirdPartyNotices.md"), StringComparison.Ordinal);
    }

    [ModuleFact("Microsoft.PowerShell.PSResourceGet", ownFolder: true)]
    public void It_installs_from_a_folder_and_loads_by_a_cmdlets_name()
    {
        Pack();

        var output = PowerShellEngine.Execute($$"""
            # Folders of the test's own, which an engine reads when it starts.
            foreach ($name in 'HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME') { Set-Item "Env:$name" '{{_folder}}' }
            $env:XDG_DATA_HOME = (New-Item -ItemType Directory '{{_folder}}/.local/share').FullName
            $env:PSModulePath = $null
            $engine = (Get-Process -Id $PID).Path
            & $engine -NoProfile -NonInteractive -Command {
                $ProgressPreference = 'SilentlyContinue'
                Register-PSResourceRepository -Name cloudstack-test -Uri $args[0] -Trusted
                $found = Find-PSResource CloudStack.PowerShell -Repository cloudstack-test
                "$($found.Name) $($found.Version) $($found.Type) $($found.Includes.Cmdlet -contains 'Connect-CsCloud')"
                Install-PSResource CloudStack.PowerShell -Repository cloudstack-test -Scope CurrentUser
            } -args '{{_folder}}'
            & $engine -NoProfile -NonInteractive -Command {
                $manifest = Get-Module CloudStack.PowerShell -ListAvailable
                "$($manifest.ExportedCmdlets.Count -gt 900) $($manifest.ExportedCmdlets.Keys -match '\*') $($manifest.FileList.Count -gt 10) $($manifest.Path.StartsWith($args[0]))"
                $null = Connect-CsCloud -Simulator
                "$((Get-Module CloudStack.PowerShell).ModuleBase.StartsWith($args[0])) $(@(Get-CsZone).Count)"
                Import-Module CloudStack.PowerShell -Force
            } -args '{{_folder}}'
            """, []);

        Assert.Equal(
            ["CloudStack.PowerShell 0.1.0 Module True", "True  True True", "True 2"], output.Where(line => line.Length > 0));
    }

    [EngineFact]
    public void What_other_modules_loaded_before_under_the_names_of_ours_does_no_harm()
    {
        string[] names = ["Polly.Core", "Cloud.Core", "CloudStack.Client", "CloudStack.Simulator"];
        foreach (var name in names)
        {
            Compile(name);
        }

        Assert.Equal(
            ["0.0.0.1 True", "2 zones 8.0.0.0 True"],
            PowerShellEngine.Execute($$"""
                $env:CLOUDSTACK_AUDIT_LOG = '{{_folder}}/audit.jsonl'
                foreach ($name in '{{string.Join("', '", names)}}') { $null = [System.Reflection.Assembly]::LoadFrom("{{_folder}}/$name.dll") }
                $wrong = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object { $_.GetName().Name -eq 'Polly.Core' }
                "$($wrong.GetName().Version) $($wrong.Location.StartsWith('{{_folder}}'))"
                Import-Module '{{BuiltModule.Manifest}}'
                $null = Connect-CsCloud -Simulator
                $zones = @(Get-CsZone).Count
                $ours = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ CloudStack.PowerShell
                $null = $ours.LoadFromAssemblyName([System.Reflection.AssemblyName]::new('Polly.Core'))
                $right = $ours.Assemblies | Where-Object { $_.GetName().Name -eq 'Polly.Core' }
                "$zones zones $($right.GetName().Version) $($right.Location.StartsWith((Split-Path '{{BuiltModule.Manifest}}')))"
                """, []).Where(line => line.Length > 0));
    }

    /// <summary>Compiles an assembly of that name and another version, with nothing of ours in it.</summary>
    private void Compile(string name)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = new Version(0, 0, 0, 1) }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name).DefineType("Wrong", TypeAttributes.Public).CreateType();
        assembly.Save(Path.Combine(_folder, name + ".dll"));
    }

    private static string Read(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>Packs what is built.</summary>
    private string Pack(params string[] more)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "pack", Path.Combine(BuiltModule.RepositoryRoot, "src", "CloudStack.PowerShell"), "--no-restore",
            "--configuration", BuiltModule.Configuration, "--output", _folder, "--nologo", .. more,
        ])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return Assert.Single(Directory.GetFiles(_folder, "*.nupkg"));
    }
}
