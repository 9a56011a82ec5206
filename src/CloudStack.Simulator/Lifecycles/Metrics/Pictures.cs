using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Generic;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Metrics;

/// <summary>Shows objects with figures beside their own fields, in the units that the server writes out.</summary>
internal static class Pictures
{
    private const double Gibibyte = 1L << 30;

    /// <summary>An object's fields in a class with more of them.</summary>
    public static Entity Of(CommandCall call, Entity entity, string className)
    {
        var picture = call.New(className, entity.Id);
        GenericFields.Copy(entity, picture);
        picture.Owner = entity.Owner;
        return picture;
    }

    public static string Gigabytes(long bytes) => Written(bytes / Gibibyte, "GB");

    public static string Gigahertz(double megahertz) => Written(megahertz / 1000, "Ghz");

    public static string Percent(double part, double whole) =>
        (whole == 0 ? 0 : 100 * part / whole).ToString("0.00", CultureInfo.InvariantCulture) + "%";

    public static string Written(double number, string unit) => number.ToString("0.00", CultureInfo.InvariantCulture) + " " + unit;
}
