namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>Tokens that confirm nothing: a forged one, one of another act, one that was used before.</summary>
internal sealed class BadTokensStep(TourScene scene) : ITourStep
{
    public string Headline => "A token confirms one act, once";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var (version, requests) = (scene.Cloud.Version, scene.Cloud.RequestCount);
        var forged = await scene.Assistant.AskAsync(
            RefusedDestructionStep.Command, RefusedDestructionStep.Arguments(), Forge(scene.DestroyToken), cancellationToken);
        var other = await scene.Assistant.AskAsync(
            RefusedDestructionStep.Command, RefusedDestructionStep.Arguments(), scene.UsedToken, cancellationToken);
        var used = await scene.Assistant.AskAsync(StopStep.Command, StopStep.Arguments(), scene.UsedToken, cancellationToken);
        (string Token, TourAnswer Answer)[] tries = [("forged", forged), ("of another act", other), ("used before", used)];
        scene.Screen.Table(["token", "answer"], tries.Select(t => (string[])[t.Token, t.Answer.Error("message")]));
        foreach (var (_, answer) in tries)
        {
            answer.Failed("NotConfirmed");
        }

        Expect.Equal("The cloud's version", version, scene.Cloud.Version);
        Expect.Equal("Requests to destroy or stop", 0, scene.Cloud.Requests(RefusedDestructionStep.Command, requests).Count
            + scene.Cloud.Requests(StopStep.Command, requests).Count);
        Expect.Equal("The machine's state in the cloud", "Stopped", await scene.Cloud.MachineStateAsync(scene.MachineId, cancellationToken));
        return "Three bad tokens, three refusals, no change";
    }

    // The same token but for one character in its middle.
    private static string Forge(string token)
    {
        var at = token.Length / 2;
        return $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";
    }
}
