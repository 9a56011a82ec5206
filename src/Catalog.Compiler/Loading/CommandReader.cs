using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Loading;

/// <summary>Joins the facts of a command with our names, effect, entities and words.</summary>
internal sealed class CommandReader(
    ApiFacts facts, Names names, Categories categories, Effects effects, Entities entities, Secrets secrets, Words words)
{
    public CommandSpec Read(string name, Node node)
    {
        var own = words.Of(name);
        return new CommandSpec
        {
            Name = name,
            Cmdlet = names.Cmdlet(name),
            Category = categories.Of(name),
            Effect = effects.Of(name),
            Envelope = ReadEnvelope(node),
            Result = ReadResult(name, node),
            IsAsync = node.Flag("async"),
            CreatesEntity = node.Flag("asyncCreate"),
            IsPaged = node.Flag("paged"),
            Mutates = node.Flag("mutates"),
            IsAuthenticator = node.Flag("authenticator"),
            ResponseSensitive = node.Flag("responseSensitive"),
            Roles = ReadRoles(node),
            Since = node.Text("since"),
            Event = ReadEvents(node),
            Synopsis = own.Synopsis,
            Examples = [.. own.Examples.Select(example => example.Code)],
            Description = own.Description,
            Related = own.Related,
            Parameters = ReadParameters(name, node),
        };
    }

    private static EnvelopeSpec ReadEnvelope(Node node)
    {
        if (node.RequiredObject("envelope") is not { } envelope)
        {
            return new EnvelopeSpec("", null, AnswerShape.Success);
        }

        var shape = envelope.RequiredText("shape") switch
        {
            "object" => AnswerShape.Single,
            "list" => AnswerShape.List,
            "success" => AnswerShape.Success,
            "flat" => AnswerShape.Flat,
            var other => Unknown(envelope.Find("shape")?.Value ?? envelope, other),
        };
        return new EnvelopeSpec(envelope.RequiredText("outer"), envelope.Text("inner"), shape);
    }

    private static AnswerShape Unknown(Node node, string shape)
    {
        node.Report(ErrorCode.WrongValue, $"'{shape}' isn't one of object, list, success, flat.");
        return default;
    }

    private string ReadResult(string name, Node node)
    {
        var result = facts.ResultClass(name);
        if (!facts.Classes.ContainsKey(result))
        {
            node.Report(ErrorCode.Unknown, $"'{name}' answers with '{result}', which isn't among the responses.");
        }

        return result;
    }

    // Root administrators may call everything, so they aren't listed.
    private static IReadOnlyList<string> ReadRoles(Node node)
    {
        var declared = node.Texts("roles");
        return [.. (declared.Count > 0 ? declared : node.Texts("seedRoles")).Where(role => role != "Admin")];
    }

    private static string? ReadEvents(Node node) => node.Find("event")?.Value switch
    {
        { Kind: NodeKind.Array } => string.Join(", ", node.Texts("event")),
        _ => node.Text("event"),
    };

    private ParameterSpec[] ReadParameters(string command, Node node)
    {
        var labels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var parameters = new List<ParameterSpec>();
        foreach (var item in node.Items("params"))
        {
            var name = item.RequiredText("name");
            var label = names.ParameterLabel(command, name);
            if (!labels.TryAdd(label, name))
            {
                item.Report(
                    ErrorCode.DuplicateLabel,
                    $"'{name}' of '{command}' has the label '{label}', and so has '{labels[label]}'.");
            }

            parameters.Add(ParameterReader.Read(item) with
            {
                Label = label,
                Entity = entities.Of(command, item),
                KindFrom = Entities.KindBeside(node, item),
                Sensitive = secrets.Contains(command, item),
                Explanation = words.Parameter(command, name),
            });
        }

        return [.. parameters];
    }
}
