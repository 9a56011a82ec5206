using System.Globalization;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>Checks a new value of a setting against the setting's type, its choice and its range.</summary>
internal static class SettingValue
{
    /// <exception cref="ApiError">The value isn't one that the setting may have.</exception>
    public static void Demand(Entity setting, string value)
    {
        switch (setting.Text("type"))
        {
            case "Boolean" when !bool.TryParse(value, out _):
                throw ApiError.Refused($"Please enter either 'true' or 'false' for {setting.Name}.");
            case "Number" or "Integer" when !int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _):
            case "Long" when !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _):
            case "Float" when !IsNumber(value, out _):
                throw ApiError.Refused($"There was error trying to parse the {setting.Name} value {value} as a number.");
        }

        if (setting.Attribute<SettingRange>(SettingRange.Attribute) is { } range && IsNumber(value, out var number) && !range.Contains(number))
        {
            throw ApiError.Refused($"Please enter {range} for the setting {setting.Name}; {value} isn't.");
        }

        if (setting.Text("options") is { } options && !options.Split(',').Contains(value))
        {
            throw ApiError.Refused($"Invalid value {value} for {setting.Name}; one of {options} is valid.");
        }
    }

    private static bool IsNumber(string value, out double number) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
