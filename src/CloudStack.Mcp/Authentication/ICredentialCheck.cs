namespace CloudStack.Mcp.Authentication;

/// <summary>One way to prove who one is.</summary>
internal interface ICredentialCheck
{
    /// <summary>Checks what a request brought along.</summary>
    /// <param name="credential">The text after <c>Bearer</c>, or of the key header.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>The caller; null where the credential isn't of this kind.</returns>
    /// <exception cref="CredentialException">It's of this kind and no good.</exception>
    /// <exception cref="Cloud.Core.Errors.CloudException">It can't be checked now.</exception>
    ValueTask<Caller?> CheckAsync(string credential, CancellationToken cancellationToken);
}

/// <summary>A credential is no good.</summary>
/// <param name="message">Why, without any part of the credential.</param>
internal sealed class CredentialException(string message) : Exception(message);
