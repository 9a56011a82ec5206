using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.Client.Diagnosis;

/// <summary>Whether the server accepts the signature made with the secret key.</summary>
/// <param name="provider">The cloud.</param>
internal sealed class SignatureCheck(ICloudProvider provider) : ICheck
{
    public string Name => "signature";

    /// <summary>What the server says of itself, once it's asked.</summary>
    public CloudObject? Capabilities { get; private set; }

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        Capabilities = await Question.AskAsync(provider, "listCapabilities", cancellationToken).ConfigureAwait(false);
        return Finding.Ok("the server accepts the keys and the signature");
    }
}
