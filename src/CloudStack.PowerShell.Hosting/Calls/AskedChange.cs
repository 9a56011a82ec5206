using System.Runtime.ExceptionServices;
using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Hosting.Calls;

/// <summary>
/// A change that a cmdlet asks about. PowerShell may ask twice about one change; the face hears it once, and its answer
/// counts, also where PowerShell knows no word for it.
/// </summary>
/// <param name="confirmation">The change.</param>
internal sealed class AskedChange(Confirmation confirmation)
{
    private ConfirmationAnswer? _answer;
    private ExceptionDispatchInfo? _refusal;

    /// <summary>Puts the question, unless it was put before.</summary>
    /// <param name="face">Decides.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <returns>True where the change may go on.</returns>
    public bool Ask(IOperationHost face, CancellationToken cancellationToken)
    {
        if (_answer is null && _refusal is null)
        {
            try
            {
                // PowerShell asks on its own thread and can't go on without an answer.
                _answer = face.ConfirmAsync(confirmation, cancellationToken).AsTask().GetAwaiter().GetResult();
            }
            catch (Exception error) when (error is CloudException or OperationCanceledException)
            {
                _refusal = ExceptionDispatchInfo.Capture(error);
            }
        }

        return _answer == ConfirmationAnswer.Approved;
    }

    /// <summary>What was decided.</summary>
    /// <exception cref="CloudException">The face refused, or was never asked; then nothing may go on.</exception>
    public ConfirmationAnswer Decided()
    {
        _refusal?.Throw();
        return _answer ?? throw new CloudException(
            ErrorCause.NotConfirmed,
            $"{confirmation.Command.Name} was not asked about; nothing was changed.",
            "Call again with the direct engine.")
        {
            Command = confirmation.Command.Name,
        };
    }
}
