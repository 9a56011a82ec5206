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
    /// <summary>Names the help file of each cmdlet.</summary>
    /// <param name="commands">The commands of the session that imported the cmdlets.</param>
    /// <param name="cmdlets">The cmdlets' names.</param>
    /// <param name="folder">The folder of the help files.</param>
    public static void Assign(CommandInvocationIntrinsics commands, IEnumerable<string> cmdlets, string folder)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(cmdlets);
        var setter = typeof(CmdletInfo)
            .GetProperty(nameof(CmdletInfo.HelpFile), BindingFlags.Public | BindingFlags.Instance)?
            .GetSetMethod(nonPublic: true);
        if (setter is null)
        {
            return;
        }

        var assign = setter.CreateDelegate<Action<CmdletInfo, string>>();
        foreach (var name in cmdlets)
        {
            if (commands.GetCmdlet(name) is { } cmdlet)
            {
                assign(cmdlet, Path.Combine(folder, $"{cmdlet.Noun}-Help.xml"));
            }
        }
    }
}
