using System.Text.Json.Serialization;

namespace Cloud.Core.Confirmations;

/// <summary>Serialisation of a token's sealed content, compiled so that the first token costs no reflection.</summary>
[JsonSerializable(typeof(ConfirmationTokens.Payload))]
internal sealed partial class TokenJson : JsonSerializerContext;
