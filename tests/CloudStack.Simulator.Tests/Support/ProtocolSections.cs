using System.Reflection;

namespace CloudStack.Simulator.Tests.Support;

/// <summary>The protocol's sections, and the tests that are marked with them: <c>[Trait("Protocol", "5.4")]</c> on a class or a test.</summary>
internal static class ProtocolSections
{
    /// <summary>The number of each section and its title, of those that a side's tests have to show.</summary>
    /// <param name="side"><c>client</c> or <c>simulator</c>.</param>
    public static IReadOnlyDictionary<string, string> Of(string side) => Rows()
        .Where(row => row[2].Split(' ').Contains(side))
        .ToDictionary(row => row[0], row => row[1]);

    /// <summary>The numbers of all sections.</summary>
    public static IReadOnlyList<string> Numbers => [.. Rows().Select(row => row[0])];

    /// <summary>The numbers that tests of an assembly are marked with, themselves or by their class; tests that are always skipped don't count.</summary>
    /// <param name="tests">The assembly.</param>
    public static IReadOnlySet<string> MarkedIn(Assembly tests) => tests.GetTypes()
        .SelectMany(type => type.GetMethods().Where(IsTest).SelectMany(test => Marks(type).Concat(Marks(test))))
        .ToHashSet();

    private static bool IsTest(MethodInfo method) => method.GetCustomAttribute<FactAttribute>() is { Skip: null };

    private static IEnumerable<string> Marks(MemberInfo member) => member.GetCustomAttributesData()
        .Where(mark => mark.AttributeType == typeof(TraitAttribute) && mark.ConstructorArguments[0].Value is "Protocol")
        .Select(mark => (string)mark.ConstructorArguments[1].Value!);

    private static string[][] Rows()
    {
        using var file = typeof(ProtocolSections).Assembly.GetManifestResourceStream("protocol-sections.tsv")!;
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }
}
