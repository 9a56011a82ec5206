using System.Globalization;
using Catalog.Compiler.Diagnostics;

namespace Catalog.Compiler.Json;

/// <summary>Reads typed members of an object; a wrong type is reported where it stands and read as absent.</summary>
internal static class NodeValues
{
    public static string? Text(this Node node, string name) => node.Find(name)?.Value switch
    {
        null or { IsNull: true } => null,
        { Kind: NodeKind.Text } value => value.Text,
        var value => Wrong<string>(value, "a text"),
    };

    /// <summary>Reads a text that must be there and not be empty.</summary>
    public static string RequiredText(this Node node, string name)
    {
        var text = node.Text(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            (node.Find(name)?.Value ?? node).Report(ErrorCode.Missing, $"'{name}' is missing or empty.");
        }

        return text ?? "";
    }

    public static bool Flag(this Node node, string name) => node.Find(name)?.Value switch
    {
        null or { Kind: NodeKind.False } => false,
        { Kind: NodeKind.True } => true,
        var value => Wrong<bool>(value, "true or false"),
    };

    public static int? Integer(this Node node, string name) => node.Find(name)?.Value switch
    {
        null => null,
        { Kind: NodeKind.Number } value when int.TryParse(
            value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        var value => Wrong<int?>(value, "an integer"),
    };

    public static IReadOnlyList<string> Texts(this Node node, string name) =>
        [.. node.Items(name).Where(IsText).Select(item => item.Text)];

    /// <summary>Reads an array; empty where it's absent.</summary>
    public static IReadOnlyList<Node> Items(this Node node, string name) => node.Find(name)?.Value switch
    {
        null => [],
        { Kind: NodeKind.Array } value => value.Items,
        var value => Wrong<IReadOnlyList<Node>>(value, "an array") ?? [],
    };

    /// <summary>Reads the members of an object that must be there.</summary>
    public static Node? RequiredObject(this Node node, string name)
    {
        switch (node.Find(name)?.Value)
        {
            case { Kind: NodeKind.Object } value:
                return value;
            case null:
                node.Report(ErrorCode.Missing, $"'{name}' is missing.");
                return null;
            case var value:
                return Wrong<Node>(value, "an object");
        }
    }

    /// <summary>Reads one of an enum's names, in any casing.</summary>
    public static T Named<T>(this Node node, string name) where T : struct, Enum
    {
        var text = node.RequiredText(name);
        foreach (var value in Enum.GetValues<T>())
        {
            if (text.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        if (text.Length > 0)
        {
            var accepted = string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()));
            node.Find(name)!.Value.Report(ErrorCode.WrongValue, $"'{text}' isn't one of {accepted}.");
        }

        return default;
    }

    /// <summary>Reports members other than those named.</summary>
    public static void AllowOnly(this Node node, params ReadOnlySpan<string> names)
    {
        foreach (var member in node.Members)
        {
            if (!names.Contains(member.Name))
            {
                member.Report(ErrorCode.Unknown, $"'{member.Name}' isn't a member that the compiler knows here.");
            }
        }
    }

    private static bool IsText(Node item)
    {
        if (item.Kind != NodeKind.Text)
        {
            item.ReportKind("a text");
        }

        return item.Kind == NodeKind.Text;
    }

    private static T? Wrong<T>(Node value, string expected)
    {
        value.ReportKind(expected);
        return default;
    }
}
