using System.Management.Automation;
using System.Reflection;

namespace CloudStack.PowerShell.Loading;

/// <summary>Tells the engine in which file each cmdlet's help stands: one file a noun, <c>en-US/CsZone-Help.xml</c>.</summary>
/// <remarks>
/// Left to itself the engine looks for the help of a whole assembly in one file and reads all of it at the first question,
/// which took seconds and 150 MB more than this. A cmdlet's file can only be named by a property that has no public setter;
/// where there should be none at all one day, Get-Help falls back to what it knows by itself, the syntax.
/// </remarks>
public static class HelpFiles
{
    private const string Module = "CloudStack.PowerShell";

    /// <summary>Names the help file of each of the module's cmdlets.</summary>
    /// <param name="commands">The commands of the session that imported them.</param>
    /// <param name="folder">The folder of the help files.</param>
    public static void Assign(CommandInvocationIntrinsics commands, string folder)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var setter = typeof(CmdletInfo)
            .GetProperty(nameof(CmdletInfo.HelpFile), BindingFlags.Public | BindingFlags.Instance)?
            .GetSetMethod(nonPublic: true);
        if (setter is null)
        {
            return;
        }

        // One walk through all cmdlets takes a tenth of what asking for each by its name takes.
        var assign = setter.CreateDelegate<Action<CmdletInfo, string>>();
        foreach (var cmdlet in commands.GetCmdlets().Where(cmdlet => cmdlet.ModuleName == Module))
        {
            assign(cmdlet, Path.Combine(folder, $"{cmdlet.Noun}-Help.xml"));
        }
    }
}
