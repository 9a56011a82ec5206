namespace Catalog.Compiler.Diagnostics;

/// <summary>The kinds of defect that the compiler refuses.</summary>
internal static class ErrorCode
{
    /// <summary>The file isn't JSON.</summary>
    public const string InvalidJson = "CAT001";

    /// <summary>A key or entry stands twice.</summary>
    public const string Duplicate = "CAT002";

    /// <summary>An entry, a member or a file is missing.</summary>
    public const string Missing = "CAT003";

    /// <summary>An entry names something that the facts don't have.</summary>
    public const string Unknown = "CAT004";

    /// <summary>A value has the wrong type, or isn't one of the accepted ones.</summary>
    public const string WrongValue = "CAT005";

    /// <summary>Two commands have the same cmdlet.</summary>
    public const string DuplicateCmdlet = "CAT006";

    /// <summary>A cmdlet's verb isn't approved, or its name isn't <c>Verb-CsNoun</c>.</summary>
    public const string CmdletName = "CAT007";

    /// <summary>A label isn't the wire name in other casing, or isn't usable as a member's name.</summary>
    public const string Label = "CAT008";

    /// <summary>Two parameters of one command have the same label.</summary>
    public const string DuplicateLabel = "CAT009";

    /// <summary>A model's name is taken, hides a common type or equals one of its properties.</summary>
    public const string ModelName = "CAT010";

    /// <summary>What must be typed for a critical command is missing, needless or no parameter of it.</summary>
    public const string Typed = "CAT011";

    /// <summary>A command that stops or destroys something has no warning.</summary>
    public const string Warning = "CAT012";

    /// <summary>A command with a destructive verb is rated below <c>destroy</c> without a reason.</summary>
    public const string UnderratedEffect = "CAT013";

    /// <summary>A rule to find objects by name can't work.</summary>
    public const string Finder = "CAT014";

    /// <summary>A sentence is empty, or stands at two commands.</summary>
    public const string Words = "CAT015";

    /// <summary>An alias clashes with a tool or leads nowhere.</summary>
    public const string Alias = "CAT016";
}
