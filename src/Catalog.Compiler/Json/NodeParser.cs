using System.Text.Json;
using Catalog.Compiler.Diagnostics;

namespace Catalog.Compiler.Json;

/// <summary>Reads JSON into <see cref="Node"/>s and refuses what a plain reader would let pass: names that stand twice.</summary>
internal static class NodeParser
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>The root, or null where the file is missing or isn't JSON; the error is reported.</returns>
    public static Node? ParseFile(string path, ErrorLog errors)
    {
        if (!File.Exists(path))
        {
            errors.Add(new CatalogError(path, 1, 1, ErrorCode.Missing, "The file is missing."));
            return null;
        }

        return Parse(new SourceFile(path, File.ReadAllBytes(path), errors), errors);
    }

    private static Node? Parse(SourceFile file, ErrorLog errors)
    {
        var reader = new Utf8JsonReader(file.Bytes);
        try
        {
            reader.Read();
            var root = ReadValue(file, ref reader);
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            var cause = e.Message.Split(" LineNumber:")[0];
            var (line, column) = ((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            errors.Add(new CatalogError(file.Path, line, column, ErrorCode.InvalidJson, $"Invalid JSON: {cause}"));
            return null;
        }
    }

    private static Node ReadValue(SourceFile file, ref Utf8JsonReader reader)
    {
        var offset = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(new Node(file, offset, NodeKind.Object), ref reader);
            case JsonTokenType.StartArray:
                var array = new Node(file, offset, NodeKind.Array);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    array.Items.Add(ReadValue(file, ref reader));
                }

                return array;
            case JsonTokenType.String:
                return new Node(file, offset, NodeKind.Text) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new Node(file, offset, NodeKind.Number) { Text = System.Text.Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.True:
                return new Node(file, offset, NodeKind.True);
            case JsonTokenType.False:
                return new Node(file, offset, NodeKind.False);
            default:
                return new Node(file, offset, NodeKind.Null);
        }
    }

    private static Node ReadObject(Node node, ref Utf8JsonReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var offset = (int)reader.TokenStartIndex;
            var name = reader.GetString()!;
            reader.Read();
            var member = new Member(name, offset, ReadValue(node.File, ref reader));
            node.Members.Add(member);
            if (!names.Add(name))
            {
                member.Report(ErrorCode.Duplicate, $"'{name}' stands twice in this object.");
            }
        }

        return node;
    }
}
