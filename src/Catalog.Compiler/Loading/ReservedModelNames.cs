namespace Catalog.Compiler.Loading;

/// <summary>Names that a model may not have: types that nearly every C# file uses, and our own.</summary>
internal static class ReservedModelNames
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Action", "Array", "Attribute", "Boolean", "Buffer", "Byte", "Char", "CloudObject", "CloudStack", "Console",
        "Convert", "DateTime", "DateTimeOffset", "Decimal", "Delegate", "Dictionary", "Directory", "Double", "Enum",
        "Environment", "Event", "EventArgs", "Exception", "File", "Func", "Guid", "HashSet", "HttpClient", "Index", "Int32",
        "Int64", "JsonElement", "Lazy", "List", "Lock", "Math", "ModelFactory", "Models", "Monitor", "Nullable", "Object",
        "Parallel", "Path", "Predicate", "Progress", "Queue", "Random", "Range", "Single", "Stack", "Stream", "String",
        "Task", "Thread", "Timeout", "Timer", "Tuple", "Type", "Uri", "ValueTask", "Version", "Void",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
