using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CloudStack.PowerShell.Commands.Helpers.Inventory;

/// <summary>An inventory as JSON: an array of objects for each kind.</summary>
internal static class InventoryJson
{
    /// <summary>Writes it.</summary>
    public static string Write(InventoryReport report)
    {
        // The text is a file of its own and never part of a page, so that letters of all languages may stay as they are.
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("taken", report.Taken);
            json.WriteStartArray("clouds");
            foreach (var cloud in report.Clouds)
            {
                json.WriteStringValue(cloud);
            }

            json.WriteEndArray();
            foreach (var table in report.Tables)
            {
                Write(json, table);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, InventoryTable table)
    {
        json.WriteStartArray(table.Kind);
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            foreach (var (label, value) in table.Columns.Zip(row).Where(cell => cell.Second is not null))
            {
                json.WritePropertyName(label);
                if (value is double number)
                {
                    json.WriteNumberValue(number);
                }
                else
                {
                    json.WriteStringValue(value!.ToString());
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
