namespace Catalog.Compiler.Help;

/// <summary>Writes a type as PowerShell does in a syntax line.</summary>
internal static class TypeText
{
    /// <summary>Gives the text: <c>String</c>, <c>Int32</c>, <c>Identity[Zone][]</c>.</summary>
    /// <param name="type">The type.</param>
    public static string Of(Type type)
    {
        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        if (!type.IsGenericType)
        {
            return type.Name;
        }

        var arguments = type.GetGenericArguments();
        return type.Name == "Nullable`1"
            ? Of(arguments[0])
            : $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}[{string.Join(",", arguments.Select(Of))}]";
    }

    /// <summary>Gives the text with namespaces: <c>System.String</c>, <c>CloudStack.PowerShell.Binding.Identity`1[CloudStack.Client.Models.Zone]</c>.</summary>
    /// <param name="type">The type.</param>
    public static string Full(Type type)
    {
        if (type.IsArray)
        {
            return Full(type.GetElementType()!) + "[]";
        }

        return type.IsGenericType
            ? $"{type.Namespace}.{type.Name}[{string.Join(",", type.GetGenericArguments().Select(Full))}]"
            : type.FullName!;
    }
}
