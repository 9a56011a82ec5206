using System.Text.RegularExpressions;
using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Loading;

/// <summary>The file <c>effects.json</c>: what each command does to the cloud.</summary>
internal sealed partial class Effects
{
    private readonly ApiFacts _facts;
    private readonly Dictionary<string, EffectSpec> _byCommand = new(StringComparer.Ordinal);

    private Effects(ApiFacts facts, Node root)
    {
        _facts = facts;
        Entries.Match(root, facts.Commands.Keys, "command");
        foreach (var member in root.Members.Where(m => facts.Commands.ContainsKey(m.Name)))
        {
            if (member.Value.Kind == NodeKind.Object)
            {
                _byCommand[member.Name] = Read(member);
            }
            else
            {
                member.Value.ReportKind("an object");
            }
        }
    }

    public static Effects? Load(string folder, ApiFacts facts, ErrorLog errors) =>
        Entries.ParseObject(folder, "effects.json", errors) is { } root ? new Effects(facts, root) : null;

    public EffectSpec Of(string command) =>
        _byCommand.GetValueOrDefault(command) ?? new EffectSpec { Effect = Effect.Critical };

    // Verbs that take something away, cut it off or throw it out.
    [GeneratedRegex("^(archive|clean|cleanup|delete|destroy|detach|disassociate|expunge|purge|release|remove|revoke|unmanage|unregister|wipe)(?![a-z])")]
    private static partial Regex DestructiveVerb { get; }

    private EffectSpec Read(Member member)
    {
        var node = member.Value;
        node.AllowOnly("effect", "reversible", "blast", "warning", "typed", "reason");
        var effect = node.Named<Effect>("effect");
        var spec = new EffectSpec
        {
            Effect = effect,
            Reversible = effect == Effect.Read || Reversible(node),
            Blast = effect == Effect.Read && node.Find("blast") is null ? BlastRadius.Resource : node.Named<BlastRadius>("blast"),
            Warning = node.Text("warning") ?? "",
            Typed = node.Text("typed"),
        };
        if (effect >= Effect.Disrupt && string.IsNullOrWhiteSpace(spec.Warning))
        {
            member.Report(ErrorCode.Warning, $"'{member.Name}' is rated {Name(effect)} and needs a 'warning' that names the consequence.");
        }

        CheckTyped(member, spec);
        if (effect < Effect.Destroy && DestructiveVerb.IsMatch(member.Name) && string.IsNullOrWhiteSpace(node.Text("reason")))
        {
            member.Report(
                ErrorCode.UnderratedEffect,
                $"'{member.Name}' sounds destructive but is rated {Name(effect)}; rate it destroy or give a 'reason'.");
        }

        return spec;
    }

    private static bool Reversible(Node node)
    {
        if (node.Find("reversible") is null)
        {
            node.Report(ErrorCode.Missing, "'reversible' is missing.");
        }

        return node.Flag("reversible");
    }

    private void CheckTyped(Member member, EffectSpec spec)
    {
        if (spec.Effect == Effect.Critical && string.IsNullOrEmpty(spec.Typed))
        {
            member.Report(
                ErrorCode.Typed,
                $"'{member.Name}' is critical: 'typed' must name the parameter whose target is typed, or {EffectSpec.TypedCommand}.");
        }
        else if (spec.Typed is not null && spec.Effect != Effect.Critical)
        {
            member.Report(ErrorCode.Typed, $"'{member.Name}' isn't critical, so 'typed' has no meaning.");
        }
        else if (spec.Typed is not (null or EffectSpec.TypedCommand) && _facts.FindParameter(member.Name, spec.Typed) is null)
        {
            member.Report(ErrorCode.Typed, $"'{member.Name}' has no parameter '{spec.Typed}' to type.");
        }
    }

    private static string Name(Effect effect) => effect.ToString().ToLowerInvariant();
}
