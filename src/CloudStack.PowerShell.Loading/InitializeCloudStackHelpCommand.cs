using System.Management.Automation;
using System.Reflection;

namespace CloudStack.PowerShell.Loading;

/// <summary>Tells the engine in which file each cmdlet's help stands: one file a noun, <c>en-US/CsZone-Help.xml</c>.</summary>
/// <remarks>
/// Left to itself the engine looks for the help of a whole assembly in one file and reads all of it at the first question,
/// which took seconds and 150 MB more than this. A cmdlet's file can only be named by a property that has no public setter;
/// where there should be none at all one day, Get-Help falls back to what it knows by itself, the syntax.
/// The module's script runs it, and nobody else sees it: the manifest doesn't export its name. A script that calls a method
/// instead has the engine look for a type and bind it by reflection, which took 15 ms of each import.
/// </remarks>
[Cmdlet(VerbsData.Initialize, "CloudStackHelp")]
public sealed class InitializeCloudStackHelpCommand : PSCmdlet
{
    private const string Module = "CloudStack.PowerShell";

    /// <summary>The module's folder.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Folder { get; set; } = "";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var setter = typeof(CmdletInfo)
            .GetProperty(nameof(CmdletInfo.HelpFile), BindingFlags.Public | BindingFlags.Instance)?
            .GetSetMethod(nonPublic: true);
        if (setter is null)
        {
            return;
        }

        // One walk through all cmdlets takes a tenth of what asking for each by its name takes.
        var assign = setter.CreateDelegate<Action<CmdletInfo, string>>();
        foreach (var cmdlet in InvokeCommand.GetCmdlets().Where(cmdlet => cmdlet.ModuleName == Module))
        {
            assign(cmdlet, Path.Combine(Folder, "en-US", $"{cmdlet.Noun}-Help.xml"));
        }
    }
}
