using System.Text.Json.Serialization;

namespace CloudStack.Mcp.Server.Tasks;

/// <summary>Serialisation of what is sealed into a task's id, compiled so that the first task costs no reflection.</summary>
[JsonSerializable(typeof(StartedTask))]
internal sealed partial class TaskJson : JsonSerializerContext;
