using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cloud.Core.Catalog;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Results;
using CloudStack.PowerShell.Hosting.Pipelines;

namespace CloudStack.Mcp.Engines.Pipelines;

/// <summary>What a pipeline would change, each change as it would be asked about by itself.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Changes">The changes in their order.</param>
internal sealed record PipelinePlan(CheckedPipeline Pipeline, IReadOnlyList<Confirmation> Changes)
{
    /// <summary>The most changes of one plan: as many as a person can read and a form can show.</summary>
    public const int MostChanges = 50;

    private const int LongestTarget = 120;
    private const int LongestLine = 390;

    /// <summary>Makes one question of the plan. It's bound to the pipeline and to each change with its target.</summary>
    /// <remarks>A plan is at least as grave as a disruption, also where each of its changes is harmless: what it reaches is found by the pipeline.</remarks>
    public Confirmation ToQuestion()
    {
        var command = Pipeline.Change!;
        var effect = command.Effect with { Effect = (Effect)Math.Max((int)command.Effect.Effect, (int)Effect.Disrupt) };
        return new Confirmation(
            command with { Effect = effect },
            Arguments(),
            [.. Changes.SelectMany(change => change.Targets.Prepend(new NamedTarget("", change.Digest, change.TargetText, "")))],
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Pipeline.Text))))
        {
            TargetText = Changes is [var only]
                ? only.TargetText
                : string.Create(CultureInfo.InvariantCulture, $"{Changes.Count} objects"),
            TypedText = command.Effect.Effect == Effect.Critical ? string.Join(", ", Changes.Select(change => change.TypedText)) : null,
        };
    }

    /// <summary>A change's target on one line.</summary>
    /// <param name="change">The change.</param>
    public static string Target(Confirmation change) => CleanText.Line(change.TargetText, LongestTarget);

    // As few lines as hold all targets, and before them what is done to each: a long pipeline is cut where it's shown.
    private Dictionary<string, object> Arguments()
    {
        var arguments = new Dictionary<string, object> { ["pipeline"] = Pipeline.Text };
        foreach (var (name, value) in Changes[0].Arguments)
        {
            var text = ArgumentText.Of(value);
            if (Changes.All(change => change.Arguments.TryGetValue(name, out var other) && ArgumentText.Of(other) == text))
            {
                arguments[name] = value;
            }
        }

        var targets = 0;
        var line = new StringBuilder();
        foreach (var target in Changes.Select(Target))
        {
            if (line.Length > 0 && line.Length + target.Length + 2 > LongestLine)
            {
                Add();
            }

            line.Append(line.Length == 0 ? "" : "; ").Append(target);
        }

        Add();
        return arguments;

        void Add()
        {
            arguments[string.Create(CultureInfo.InvariantCulture, $"targets {++targets}")] = line.ToString();
            line.Clear();
        }
    }
}
