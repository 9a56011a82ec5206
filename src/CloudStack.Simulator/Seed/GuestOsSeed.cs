using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Seed;

/// <summary>Kinds of guest operating systems.</summary>
internal static class GuestOsSeed
{
    private static readonly (string Category, string[] Types)[] Known =
    [
        ("Debian", ["Debian GNU/Linux 11 (64-bit)", "Debian GNU/Linux 12 (64-bit)"]),
        ("Ubuntu", ["Ubuntu 22.04 LTS", "Ubuntu 24.04 LTS"]),
        ("Rocky", ["Rocky Linux 8", "Rocky Linux 9"]),
        ("Windows", ["Windows Server 2022 (64-bit)"]),
        ("Other", ["Other Linux (64-bit)", "None"]),
    ];

    public static Dictionary<string, Entity> Plant(CloudState state)
    {
        var types = new Dictionary<string, Entity>(StringComparer.Ordinal);
        foreach (var (categoryName, names) in Known)
        {
            var category = state.New(ResultClass.OsCategory);
            category["name"] = categoryName;
            category["isfeatured"] = categoryName != "Other";
            state.Store.Add(category);
            foreach (var name in names)
            {
                var type = state.New(ResultClass.OsType);
                type["name"] = name;
                type["description"] = name;
                type["oscategoryid"] = category.Id;
                type["oscategoryname"] = category.Link("name");
                type["isuserdefined"] = false;
                type["fordisplay"] = true;
                state.Store.Add(type);
                types[name] = type;
            }
        }

        return types;
    }
}
