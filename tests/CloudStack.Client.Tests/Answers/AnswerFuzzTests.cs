using System.Text;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using CloudStack.Client.Answers;
using CloudStack.Client.Http;
using CloudStack.Client.Tests.Support;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Tests.Answers;

/// <summary>Whatever bytes come, the answer is an answer or a typed error, and every field of an answer can be read.</summary>
public sealed class AnswerFuzzTests
{
    private const int Inputs = 110_000;

    private static readonly string[] Seeds =
    [
        """{"listzonesresponse":{"count":2,"zone":[{"id":"1","name":"fra1","tags":[{"key":"a","value":"b"}]},{"id":"2","n":1.5e3}]}}""",
        """{"r":{"errorcode":431,"cserrorcode":4350,"errortext":"x [12] ms","uuidList":[]}}""",
        """{"r":{"success":"true","displaytext":"\u00e9\ud83d\ude00\\"}}""",
        """{"r":{"jobid":"j","jobstatus":1,"jobresult":{"virtualmachine":{"id":"v","nic":[{"ip":"::1"}]}}}}""",
        """{"r":{"errorcode":511,"errortext":"{\"x\":{\"errortext\":\"y\"}}"}}""",
        "<html><body>502</body></html>", "", "null", "[]", "{}",
    ];

    private static readonly string[] Tokens =
        ["{", "}", "[", "]", "\"", ":", ",", "\\", "\\u", "\\ud800", "\\udc00", "null", "true", "1e999", "-", "\u0001", "\u001b", "\n", "<", "count", "success", "jobid"];

    [Fact]
    public void Mutated_answers_give_only_replies_and_typed_errors()
    {
        var random = new Random(20310203);
        var spec = Sample.Catalog.FindCommand("listZones")!;
        var job = Sample.Catalog.FindCommand("startVirtualMachine")!;
        var (replies, errors) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var body = i % 10 == 0 ? Noise(random) : Mutate(random, Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]));
            var status = random.Next(4) == 0 ? 400 + random.Next(150) : 200;
            try
            {
                Touch(Read(body, status, i % 2 == 0 ? spec : job));
                replies++;
            }
            catch (CloudException)
            {
                errors++;
            }
            catch (Exception e)
            {
                Assert.Fail($"Input {i} gave {e.GetType().Name}: {Convert.ToBase64String(body)}\n{e}");
            }
        }

        Assert.InRange(replies, 1000, Inputs);
        Assert.InRange(errors, 1000, Inputs);
    }

    private static IEnumerable<CloudObject> Read(byte[] body, int status, Cloud.Core.Catalog.CommandSpec spec)
    {
        var call = new ApiCall(spec, new WireArguments([], []));
        var attempt = AnswerReader.Read(new RawAnswer(status, body), call, ["secret"]);
        var answer = attempt.Answer ?? throw attempt.Error!;
        var reply = new ReplyReader((_, json) => new CloudObject(json)).Read(answer.Envelope, spec, []);
        try
        {
            var snapshot = new JobReader((_, json) => new CloudObject(json)).Read("j", answer.Envelope, spec, []);
            return snapshot.Result is { } result ? [.. reply.Objects, result, snapshot.Raw] : [.. reply.Objects, snapshot.Raw];
        }
        catch (CloudException)
        {
            return reply.Objects;
        }
    }

    private static void Touch(IEnumerable<CloudObject> objects)
    {
        foreach (var found in objects)
        {
            foreach (var member in found.GetJson().EnumerateObject())
            {
                var name = member.Name;
                _ = (found.GetText(name), found.GetInteger(name), found.GetNumber(name), found.GetBoolean(name));
                _ = (found.GetDate(name), found.GetTexts(name), found.GetMap(name), found.GetObjects(name, json => new CloudObject(json)));
            }
        }
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(200)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Mutate(Random random, byte[] seed)
    {
        var bytes = new List<byte>(seed);
        for (var n = random.Next(4); n > 0; n--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                default:
                    var noise = new byte[random.Next(1, 6)];
                    random.NextBytes(noise);
                    bytes.InsertRange(at, noise);
                    break;
            }
        }

        return [.. bytes];
    }
}
