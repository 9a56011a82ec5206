using CloudStack.Client.Tests.Simulated;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Session;

/// <summary>A simulated cloud and connections to it with a password.</summary>
internal sealed class SessionCloud : IDisposable
{
    public SimulatedCloud Cloud { get; } = new(new SimulatorOptions { EnforcePost = true });

    /// <summary>What the person was asked.</summary>
    public List<SecondFactorQuestion> Asked { get; } = [];

    /// <summary>What the person waits for before answering.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    public SimulatorUser Vera => Cloud.Credentials.SecondFactorAdmin;

    /// <summary>The commands that reached the server, in order.</summary>
    public IEnumerable<string> Commands => Cloud.Requests.Select(request => request.Command!);

    public CloudStackConnection Connection(
        SimulatorUser user, Func<SecondFactorQuestion, string?>? answer = null, string? password = null, string? domain = null) => new(
        "https://simulator.example.com",
        new SessionCredentials(user.UserName, password ?? user.Password, domain ?? user.Domain)
        {
            AskSecondFactor = async (question, _) =>
            {
                lock (Asked)
                {
                    Asked.Add(question);
                }

                await Answering;
                return answer is null ? Cloud.CodeFor(Vera) : answer(question);
            },
        })
    {
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    public CloudStackProvider Open(CloudStackConnection connection) => SimulatedSample.Provider(Cloud, connection);

    public void Dispose() => Cloud.Dispose();
}
