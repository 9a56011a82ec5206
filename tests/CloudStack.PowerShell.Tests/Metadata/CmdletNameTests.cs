using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudStack.PowerShell.Tests.Metadata;

/// <summary>What the cmdlets are called.</summary>
public sealed partial class CmdletNameTests
{
    // As Get-Verb lists them.
    private static readonly HashSet<string> ApprovedVerbs =
    [
        "Add", "Clear", "Close", "Copy", "Enter", "Exit", "Find", "Format", "Get", "Hide", "Join", "Lock", "Move", "New",
        "Open", "Optimize", "Pop", "Push", "Redo", "Remove", "Rename", "Reset", "Resize", "Search", "Select", "Set", "Show",
        "Skip", "Split", "Step", "Switch", "Undo", "Unlock", "Watch", "Connect", "Disconnect", "Read", "Receive", "Send",
        "Write", "Backup", "Checkpoint", "Compare", "Compress", "Convert", "ConvertFrom", "ConvertTo", "Dismount", "Edit",
        "Expand", "Export", "Group", "Import", "Initialize", "Limit", "Merge", "Mount", "Out", "Publish", "Restore", "Save",
        "Sync", "Unpublish", "Update", "Approve", "Assert", "Build", "Complete", "Confirm", "Deny", "Deploy", "Disable",
        "Enable", "Install", "Invoke", "Register", "Request", "Restart", "Resume", "Start", "Stop", "Submit", "Suspend",
        "Uninstall", "Unregister", "Wait", "Debug", "Measure", "Ping", "Repair", "Resolve", "Test", "Trace", "Block",
        "Grant", "Protect", "Revoke", "Unblock", "Unprotect", "Use",
    ];

    [Fact]
    public void Every_verb_is_approved() => Assert.DoesNotContain(CmdletAssembly.All, c => !ApprovedVerbs.Contains(c.Verb));

    [Fact]
    public void Every_noun_is_singular_and_starts_with_the_prefix() =>
        Assert.DoesNotContain(CmdletAssembly.All, c => !Noun().IsMatch(c.Noun) || Plural().IsMatch(c.Noun));

    [Fact]
    public void No_two_cmdlets_or_aliases_share_a_name()
    {
        var names = CmdletAssembly.All.SelectMany(c => c.Aliases.Prepend(c.Name)).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Every_name_of_the_name_map_is_a_compiled_cmdlet()
    {
        using var map = JsonDocument.Parse(File.ReadAllText(BuiltModule.CatalogFile("names.json")));
        var mapped = map.RootElement.GetProperty("cmdlets").EnumerateObject()
            .Where(c => c.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(c => c.Name, c => c.Value.GetString()!);
        var compiled = CmdletAssembly.All.Select(c => c.Name).ToHashSet();

        Assert.Equal(904, mapped.Count);
        Assert.DoesNotContain(mapped.Values, name => !compiled.Contains(name));
    }

    [Fact]
    public void Every_generated_cmdlet_answers_to_its_commands_own_name() => Assert.DoesNotContain(
        CmdletAssembly.Generated, pair => !pair.Cmdlet.Aliases.SequenceEqual([pair.Command.Name]));

    [Fact]
    public void The_class_is_named_after_the_cmdlet() => Assert.DoesNotContain(
        CmdletAssembly.All, c => c.Type.Name != $"{c.Verb}{c.Noun}Command");

    [Fact]
    public void The_manifest_exports_exactly_what_is_compiled()
    {
        var manifest = File.ReadAllText(BuiltModule.Manifest);

        Assert.Equal(
            CmdletAssembly.All.Select(c => c.Name).Order(StringComparer.Ordinal),
            Exported(manifest, "CmdletsToExport").Order(StringComparer.Ordinal));
        Assert.Equal(
            CmdletAssembly.All.SelectMany(c => c.Aliases).Order(StringComparer.Ordinal),
            Exported(manifest, "AliasesToExport").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Exported(string manifest, string list)
    {
        var body = Regex.Match(manifest, list + @"\s*=\s*@\(([^)]*)\)").Groups[1].Value;
        return Quoted().Matches(body).Select(m => m.Groups[1].Value).Where(name => !name.Contains('*'));
    }

    [GeneratedRegex("^Cs[A-Z][A-Za-z0-9]*$")]
    private static partial Regex Noun();

    // Os is operating system; Address, Access, Egress and Ingress aren't plurals.
    [GeneratedRegex("(?<!s)s$(?<!Os)")]
    private static partial Regex Plural();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
