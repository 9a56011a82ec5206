using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Session;

/// <summary>Protocol note, section 3.3: two-factor, against a cloud that insists on it.</summary>
[Trait("Protocol", "3.3")]
public sealed class SecondFactorTests : IDisposable
{
    private const string Validate = "validateUserTwoFactorAuthenticationCode";

    private readonly SessionCloud _cloud = new();

    public void Dispose() => _cloud.Dispose();

    [Fact]
    public async Task The_person_is_asked_once_and_the_session_is_good()
    {
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Vera));

        await ListAsync(provider);
        await ListAsync(provider);

        Assert.Equal(["login", Validate, "listZones", "listZones"], _cloud.Commands);
        Assert.Equal(new SecondFactorQuestion("vera", "totp", IsRenewal: false), Assert.Single(_cloud.Asked));
    }

    [Fact]
    public async Task Many_calls_at_once_ask_once()
    {
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Vera));

        await AtOnceAsync(() => ListAsync(provider));

        Assert.Single(_cloud.Asked);
        Assert.Single(_cloud.Commands, command => command == "login");
    }

    [Fact]
    public async Task A_renewed_session_asks_again_and_says_so()
    {
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Vera));
        await ListAsync(provider);

        _cloud.Cloud.EndSessions();
        await ListAsync(provider);

        Assert.Equal([false, true], _cloud.Asked.Select(question => question.IsRenewal));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_renewal_fails_and_says_what_to_do()
    {
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Vera, question => question.IsRenewal ? null : _cloud.Cloud.CodeFor(_cloud.Vera)));
        await ListAsync(provider);

        _cloud.Cloud.EndSessions();
        var error = await RefusedAsync(provider);

        Assert.Equal((ErrorCause.SecondFactorRequired, "login"), (error.Cause, error.Command));
        Assert.Contains("has ended", error.Message, StringComparison.Ordinal);
        Assert.Contains("Connect again", error.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_anybody_to_ask_nothing_but_the_login_is_sent()
    {
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Vera, _ => null));

        var error = await RefusedAsync(provider);

        Assert.Equal(ErrorCause.SecondFactorRequired, error.Cause);
        Assert.Contains("totp", error.Message, StringComparison.Ordinal);
        Assert.Equal(["login"], _cloud.Commands);
    }

    [Fact]
    public async Task A_wrong_code_is_told_shared_by_all_who_wait_and_shown_to_nobody()
    {
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Vera, _ => "918273"));

        var errors = await AtOnceAsync(() => RefusedAsync(provider));

        Assert.All(errors, error =>
        {
            Assert.Equal((ErrorCause.SecondFactorRequired, 511), (error.Cause, error.ErrorCode));
            Assert.Contains("The code of the second factor is wrong.", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("918273", error.ToString(), StringComparison.Ordinal);
        });
        Assert.Equal(["login", Validate], _cloud.Commands);
    }

    [Fact]
    public async Task A_code_is_asked_for_again_after_a_wrong_one()
    {
        var tries = 0;
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Vera, _ => ++tries == 1 ? "000000" : $" {_cloud.Cloud.CodeFor(_cloud.Vera)} "));

        await RefusedAsync(provider);

        Assert.NotEmpty((await ListAsync(provider)).Objects);
    }

    [Fact]
    public async Task A_user_who_must_set_one_up_first_is_told_so()
    {
        await Simulator.Tests.Support.SignedCaller.Root(_cloud.Cloud).DoAsync("updateConfiguration", ("name", "mandate.user.2fa"), ("value", "true"));
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Cloud.Credentials.User));

        var error = await RefusedAsync(provider);

        Assert.Contains("has to set up a second factor", error.Message, StringComparison.Ordinal);
        Assert.Empty(_cloud.Asked);
    }

    [Fact]
    public async Task Whoever_gives_up_while_asked_leaves_the_question_to_the_next()
    {
        using var giveUp = new CancellationTokenSource();
        var isFirst = true;
        using var provider = _cloud.Open(_cloud.Connection(_cloud.Vera, _ =>
        {
            if (isFirst)
            {
                isFirst = false;
                giveUp.Cancel();
                throw new OperationCanceledException(giveUp.Token);
            }

            return _cloud.Cloud.CodeFor(_cloud.Vera);
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => provider.SendAsync(Sample.Command("listZones"), giveUp.Token));

        Assert.NotEmpty((await ListAsync(provider)).Objects);
    }

    // The person answers when all calls wait for it.
    private async Task<T[]> AtOnceAsync<T>(Func<Task<T>> call)
    {
        var answer = new TaskCompletionSource();
        _cloud.Answering = answer.Task;
        var calls = Enumerable.Range(0, 20).Select(_ => call()).ToList();
        answer.SetResult();
        return await Task.WhenAll(calls);
    }

    private static Task<CommandReply> ListAsync(CloudStackProvider provider) => provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);

    private static Task<CloudException> RefusedAsync(CloudStackProvider provider) => Assert.ThrowsAsync<CloudException>(() => ListAsync(provider));
}
