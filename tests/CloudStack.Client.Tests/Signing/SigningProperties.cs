using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CloudStack.Client.Tests.Signing;

/// <summary>Whatever is sent, a server that follows the rule of section 2.1 accepts the signature and reads what was meant.</summary>
[Trait("Protocol", "2.1")]
public sealed class SigningProperties
{
    private static readonly string[] Texts =
    [
        "", " ", "+", "%", "%20", "~", "*", "-._", "[0]", "'()!", ",;:@&=$/?#", "a b", "Zürich", "サーバー", "✓", "😀", "\n", "\r\n",
        "É", "ß", "ǅ", "ꙮ", "\u00a0", "\u200b", "\ufeff", "\uffff", "A", "z", "9", "\"\\", "<&>", "key=value&signature=x",
    ];

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.Elements(Texts).ArrayOf().Select(string.Concat),
        Gen.Choose(0, 0x10FFFF).Where(point => point is not (>= 0xD800 and < 0xE000) && point is not (< 0x20 or 0x7F))
            .Select(char.ConvertFromUtf32).ArrayOf().Select(string.Concat));

    private static readonly Gen<string> Name =
        Gen.Elements("name", "Zebra", "zebra2", "keyword", "A", "a_b", "x-y", "z.y").ArrayOf(2).Select(parts => string.Join("_", parts));

    private static readonly Gen<string> Field =
        Gen.Elements("cpuNumber", "memory", "Key", "a.b", "a b", "ü", "Ü", "x=y", "x&y", "+", "%41", "key", "~").ArrayOf(2).Select(string.Concat);

    private static readonly Gen<Dictionary<string, object>> Arguments =
        Gen.OneOf(
            Value.Select(text => (object)text),
            Gen.Elements<object>(true, false, 0L, long.MaxValue, -1.5, DateTimeOffset.UnixEpoch),
            Value.Where(v => v.Length > 0).Select(v => v.Replace(',', ';')).ArrayOf().Select(items => (object)items),
            Gen.Zip(Field, Value).ArrayOf().Select(pairs => (object)pairs.DistinctBy(p => p.Item1).ToDictionary(p => p.Item1, p => p.Item2)))
        .SelectMany(_ => Name, (value, name) => (name, value)).ArrayOf()
        .Select(pairs => pairs.DistinctBy(p => p.name.ToLowerInvariant()).ToDictionary(p => p.name, p => p.value));

    [Fact]
    public void Every_request_is_accepted_and_read_as_it_was_meant()
    {
        var tried = 0;
        Prop.ForAll(Arb.From(Arguments), Arb.From(Gen.Elements(true, false)), (arguments, isRead) =>
        {
            tried++;
            var server = new ScriptedServer().Then("""{"r":{"success":true}}""");
            var time = new FakeTime();
            Sample.Provider(server, time).SendAsync(new BoundCommand(Spec(isRead), arguments), CancellationToken.None).GetAwaiter().GetResult();

            var sent = server.Log.Single();
            Assert.True(ServerRule.Accepts(sent, Sample.SecretKey, time.GetUtcNow()), "The signature is refused.");
            foreach (var (name, text) in Meant(arguments))
            {
                Assert.Equal(text, sent.Parameters[name]);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20310203, 77));

        Assert.InRange(tried, 2000, int.MaxValue);
    }

    [Fact]
    public void Any_text_at_all_is_either_sent_whole_or_refused_with_a_reason()
    {
        var (sent, refused) = (0, 0);
        // Raw UTF-16 units: control characters and halves of surrogate pairs included.
        var any = Gen.Choose(0, 0xFFFF).Select(unit => (char)unit).ArrayOf().Select(units => new string(units));
        Prop.ForAll(Arb.From(any), text =>
        {
            var server = new ScriptedServer().Then("""{"r":{"success":true}}""");
            var time = new FakeTime();
            try
            {
                Sample.Provider(server, time).SendAsync(
                    new BoundCommand(Spec(isRead: true), new Dictionary<string, object> { ["x"] = text }), CancellationToken.None).GetAwaiter().GetResult();
                Assert.True(ServerRule.Accepts(server.Log.Single(), Sample.SecretKey, time.GetUtcNow()));
                Assert.Equal(text, server.Log.Single().Parameters["x"]);
                sent++;
            }
            catch (CloudException e)
            {
                Assert.Equal(ErrorCause.InvalidArgument, e.Cause);
                Assert.Empty(server.Log);
                refused++;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20310203, 77));

        Assert.InRange(sent, 100, 2000);
        Assert.InRange(refused, 100, 2000);
    }

    private static IEnumerable<(string Name, string Text)> Meant(Dictionary<string, object> arguments)
    {
        foreach (var (argument, value) in arguments)
        {
            var name = argument.ToLowerInvariant();
            switch (value)
            {
                case string text:
                    yield return (name, text);
                    break;
                case bool flag:
                    yield return (name, flag ? "true" : "false");
                    break;
                case string[] items:
                    yield return (name, string.Join(',', items));
                    break;
                case Dictionary<string, string> map:
                    foreach (var (field, text) in map)
                    {
                        yield return ($"{name}[0].{field}", text);
                    }

                    break;
            }
        }
    }

    private static CommandSpec Spec(bool isRead) => new()
    {
        Name = isRead ? "listThings" : "changeThings",
        Category = "",
        Effect = new EffectSpec { Effect = isRead ? Effect.Read : Effect.Change },
        Envelope = new EnvelopeSpec("x", null, AnswerShape.Success),
        Result = "",
        Mutates = !isRead,
    };
}
