using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace CloudStack.Client.Diagnosis;

/// <summary>The account and role that the keys belong to. Without <c>listall</c> the server lists the caller's own account only.</summary>
/// <param name="provider">The cloud.</param>
internal sealed class CallerCheck(ICloudProvider provider) : ICheck
{
    public string Name => "caller";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Question.AskAsync(provider, "listUsers", cancellationToken).ConfigureAwait(false) is { } user
                ? Finding.Ok($"account {user.GetText("account")} of domain {user.GetText("domain")}, role {user.GetText("rolename")}")
                : Finding.Skipped("unknown, since the server lists no user of the caller's own account");
        }
        catch (CloudException error) when (error.Cause is ErrorCause.Forbidden or ErrorCause.UnknownCommand or ErrorCause.Unauthorized)
        {
            return Finding.Skipped("unknown, since the caller's role may not list users");
        }
    }
}
