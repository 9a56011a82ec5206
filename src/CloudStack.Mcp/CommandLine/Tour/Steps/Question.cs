namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>The question that the server puts before it changes something for the worse.</summary>
internal static class Question
{
    /// <summary>Shows and checks a question.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="answer">The server's answer.</param>
    /// <param name="effect">The effect that it should name.</param>
    /// <returns>The token that would confirm the change.</returns>
    public static string Read(TourScene scene, TourAnswer answer, string effect)
    {
        answer.Succeeded();
        scene.Screen.Facts(
            ("status", answer.Text("status")),
            ("effect", answer.Text("effect")),
            ("target", answer.Text("target")),
            ("warning", answer.Text("warning")),
            ("reversible", answer.Text("reversible")));
        Expect.Equal("The status", "not confirmed; nothing was changed", answer.Text("status"));
        Expect.Equal("The effect", effect, answer.Text("effect"));
        Expect.That(
            answer.Text("target").Contains(TourScene.Machine, StringComparison.Ordinal), "The target", TourScene.Machine, answer.Text("target"));
        Expect.That(answer.Text("warning").Length > 0, "The warning", "a sentence", null);
        Expect.That(answer.Text("token").Length > 0, "The token", "a token", null);
        return answer.Text("token");
    }
}
