using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.CommandLine.Clients;

/// <summary>Writes what goes into a client's configuration. No key is ever part of it.</summary>
/// <param name="client">The client.</param>
internal sealed class ClientConfig(McpClient client)
{
    // What a person reads: quotes and brackets stay as they are.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Placeholder = "YOUR-KEY";

    /// <summary>Writes it.</summary>
    /// <param name="entry">The server.</param>
    /// <exception cref="CloudException">The client can't call an address.</exception>
    public string Write(ClientEntry entry)
    {
        if (entry.Url is not null && client is { AddressKey: null })
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                $"The configuration of {client.Title} names programs only; addresses are added in the application itself.",
                "Add the address under Settings, Connectors, or leave --url out.");
        }

        return client.Shape == ConfigShape.Toml ? Toml(entry) : Json(entry);
    }

    private static string Toml(ClientEntry entry) => entry.Url is { } url
        ? $"""
            [mcp_servers.{entry.Name}]
            url = {Quote(url.AbsoluteUri)}
            bearer_token_env_var = "{ClientEntry.KeyVariable}"
            """
        : $"""
            [mcp_servers.{entry.Name}]
            command = {Quote(entry.Command)}
            args = [{string.Join(", ", entry.Arguments.Select(Quote))}]
            """;

    // TOML's basic strings escape as JSON's do.
    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private string Json(ClientEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var w = new Utf8JsonWriter(buffer, Readable))
        {
            string[] members = [.. client.Key.Split('.'), entry.Name];
            w.WriteStartObject();
            Array.ForEach(members, w.WriteStartObject);
            if (entry.Url is { } url)
            {
                WriteAddress(w, url);
            }
            else
            {
                WriteProgram(w, entry);
            }

            if (client.NamesTools)
            {
                w.WriteStartArray("tools");
                w.WriteStringValue("*");
                w.WriteEndArray();
            }

            Array.ForEach(members, _ => w.WriteEndObject());
            w.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void WriteAddress(Utf8JsonWriter w, Uri url)
    {
        if (client.AddressType is { } type)
        {
            w.WriteString("type", type);
        }

        w.WriteString(client.AddressKey!, url.AbsoluteUri);
        w.WriteStartObject("headers");
        var key = client.Variable?.Replace("*", ClientEntry.KeyVariable, StringComparison.Ordinal) ?? Placeholder;
        w.WriteString("Authorization", $"Bearer {key}");
        w.WriteEndObject();
    }

    private void WriteProgram(Utf8JsonWriter w, ClientEntry entry)
    {
        if (client.ProgramType is { } type)
        {
            w.WriteString("type", type);
        }

        if (!client.OneArray)
        {
            w.WriteString("command", entry.Command);
        }

        w.WriteStartArray(client.OneArray ? "command" : "args");
        foreach (var part in client.OneArray ? entry.Arguments.Prepend(entry.Command) : entry.Arguments)
        {
            w.WriteStringValue(part);
        }

        w.WriteEndArray();
    }
}
