using System.CommandLine;
using CloudStack.Mcp.Authentication;

namespace CloudStack.Mcp.CommandLine;

/// <summary><c>key</c>: makes a key for a caller, and the hash that the configuration keeps of it.</summary>
internal static class KeyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write a JSON object." };
        var command = new Command("key", "Make a key for a caller over HTTP. It's shown once and kept nowhere; the configuration keeps its hash.") { json };
        command.SetAction(result =>
        {
            var key = ApiKey.New();
            if (result.GetValue(json))
            {
                JsonOutput.Write(
                    w =>
                    {
                        w.WriteStartObject();
                        w.WriteString("key", key);
                        w.WriteString("hash", ApiKey.Hash(key));
                        w.WriteEndObject();
                    },
                    indented: false);
                return;
            }

            Console.Out.WriteLine($"key   {key}");
            Console.Out.WriteLine($"hash  {ApiKey.Hash(key)}");
            Console.Out.WriteLine("Give the key to the caller, and put the hash under callers.keys of the configuration.");
        });
        return command;
    }
}
