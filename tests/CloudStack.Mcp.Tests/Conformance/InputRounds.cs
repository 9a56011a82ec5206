using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Conformance;

/// <summary>Requests that need the client's input first, in one round or several; what a round needs travels sealed with the client.</summary>
internal sealed class InputRounds
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Returns when every round's questions are answered.</summary>
    /// <exception cref="InputRequiredException">The next questions.</exception>
    public void Play(JsonNode fixture, RequestParams request, ClientCapabilities? capabilities)
    {
        var asks = fixture["asks"]!.AsArray();
        var sealedState = (bool?)fixture["state"] ?? false;
        var round = request.RequestState is { } state ? Open(state) : 0;
        var questions = Answerable(asks[round]!.AsObject(), capabilities);
        if (questions.All(q => IsAnswered(q, request.InputResponses)))
        {
            if (++round == asks.Count)
            {
                return;
            }

            questions = Answerable(asks[round]!.AsObject(), capabilities);
        }

        throw new InputRequiredException(
            questions.ToDictionary(q => q.Key, q => FixtureJson.As<InputRequest>(q.Value!.DeepClone())), sealedState ? Seal(round) : null);
    }

    private static List<KeyValuePair<string, JsonNode?>> Answerable(JsonObject questions, ClientCapabilities? capabilities)
    {
        var able = JsonSerializer.SerializeToNode(capabilities ?? new ClientCapabilities(), McpJsonUtilities.DefaultOptions)!;
        var asked = questions.Where(q => able[CapabilityOf(q)] is not null).ToList();
        return asked.Count > 0 ? asked : throw new MissingRequiredClientCapabilityException(
            FixtureJson.As<ClientCapabilities>(new JsonObject { [CapabilityOf(questions.First())] = new JsonObject() }));
    }

    private static string CapabilityOf(KeyValuePair<string, JsonNode?> question) => ((string)question.Value!["method"]!).Split('/')[0];

    private static bool IsAnswered(KeyValuePair<string, JsonNode?> question, IDictionary<string, InputResponse>? answers) =>
        answers is not null && answers.TryGetValue(question.Key, out var answer) && answer.RawValue.ValueKind == JsonValueKind.Object;

    private string Seal(int round)
    {
        var text = $"{round}.{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}";
        return $"{text}.{Mac(text)}";
    }

    private int Open(string state)
    {
        var end = state.LastIndexOf('.');
        return end > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state[(end + 1)..]), Encoding.UTF8.GetBytes(Mac(state[..end])))
            ? int.Parse(state.Split('.')[0], CultureInfo.InvariantCulture)
            : throw new McpProtocolException("The request's state was changed.", McpErrorCode.InvalidParams);
    }

    private string Mac(string text) => Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
}
