using System.Text.Json.Serialization;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Serialisation of what is put into addresses, compiled so that the first one costs no reflection.</summary>
[JsonSerializable(typeof(ListHandle))]
internal sealed partial class HandleJson : JsonSerializerContext;
