using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Seed;

/// <summary>A setting as the cloud begins with it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The default value.</param>
/// <param name="Type">What values are: Boolean, Number, Integer, Long, Float or String.</param>
/// <param name="Category">The category.</param>
/// <param name="Place">The group and the subgroup, with a stroke between them.</param>
/// <param name="Scopes">What may have a value of its own, such as <c>Zone</c>, beside the whole cloud.</param>
/// <param name="Text">What it's for.</param>
internal sealed record Setting(string Name, string Value, string Type, string Category, string Place, string[] Scopes, string Text)
{
    /// <summary>The values that can be chosen, or null where any of the type is one.</summary>
    public string? Options { get; init; }

    /// <summary>The numbers that are allowed.</summary>
    public SettingRange? Range { get; init; }

    /// <summary>True where a change takes effect only when the management server starts again.</summary>
    public bool IsStatic { get; init; }

    public void Plant(CloudState state, string value)
    {
        var setting = state.New(ResultClass.Configuration);
        var place = Place.Split('/');
        setting["name"] = Name;
        setting["value"] = value;
        setting["defaultvalue"] = Value;
        setting["type"] = Type;
        setting["category"] = Category;
        setting["group"] = place[0];
        setting["subgroup"] = place[1];
        setting["scope"] = Scopes.Length == 0 ? "Global" : string.Join(',', Scopes);
        setting["options"] = Options;
        setting["description"] = Text;
        setting["displaytext"] = string.Concat(char.ToUpperInvariant(Name[0]), Name[1..].Replace('.', ' '));
        setting["isdynamic"] = !IsStatic;
        setting["component"] = "simulator";
        setting.SetAttribute(SettingRange.Attribute, Range);
        state.Store.Add(setting);
    }
}
