using System.Management.Automation;
using Cloud.Core.Objects;

namespace CloudStack.PowerShell.Results;

/// <summary>A result as PowerShell shows it: the model's own properties, and a note for each field that the model doesn't know.</summary>
internal static class ShownObject
{
    /// <summary>Prepares a result that has fields beyond its model.</summary>
    /// <param name="result">The result.</param>
    public static PSObject Of(CloudObject result)
    {
        var shown = new PSObject(result);
        foreach (var field in UnknownFields.Of(result))
        {
            // A hostile answer may name a field twice; the first counts.
            if (shown.Properties[field.Name] is null)
            {
                shown.Properties.Add(new PSNoteProperty(field.Name, FieldValue.Of(field.Value)));
            }
        }

        return shown;
    }
}
