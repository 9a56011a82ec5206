namespace Cloud.Core.Catalog;

/// <summary>The type of a command parameter as the server reads it.</summary>
public enum ParameterType
{
    /// <summary>Text; at most <see cref="ParameterSpec.MaxLength"/> UTF-16 units.</summary>
    String,

    /// <summary>An object's identifier in UUID form; a name is accepted where <see cref="ParameterSpec.Entity"/> is known.</summary>
    Uuid,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A signed 32-bit integer.</summary>
    Integer,

    /// <summary>A signed 16-bit integer.</summary>
    Short,

    /// <summary>A signed 64-bit integer.</summary>
    Long,

    /// <summary>A double-precision number.</summary>
    Double,

    /// <summary>A point in time.</summary>
    Date,

    /// <summary>Several values of <see cref="ParameterSpec.ItemType"/>.</summary>
    List,

    /// <summary>Named values or records, encoded by <see cref="ParameterSpec.Map"/>.</summary>
    Map,

    /// <summary>An opaque value, sent as text.</summary>
    Object,
}
