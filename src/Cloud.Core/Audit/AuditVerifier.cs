using System.Text;
using Cloud.Core.Errors;

namespace Cloud.Core.Audit;

/// <summary>What checking an audit file came to.</summary>
/// <param name="Lines">How many lines were whole and in order.</param>
/// <param name="BrokenLine">The number of the first line that isn't, from 1, or null where all are.</param>
/// <param name="Problem">What is wrong with it, or null.</param>
/// <param name="LastHash">The hash of the last whole line; kept elsewhere, it proves later that no line was cut off the end.</param>
public sealed record AuditVerification(long Lines, long? BrokenLine, string? Problem, string LastHash)
{
    /// <summary>True where every line is whole and in order.</summary>
    public bool IsUnbroken => BrokenLine is null;
}

/// <summary>Proves that no line of an audit file was changed, added, taken out or moved. Lines cut off the end leave no trace in the file itself.</summary>
public static class AuditVerifier
{
    /// <summary>Checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: the file can't be read.</exception>
    public static AuditVerification Verify(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Verify(File.ReadLines(path, Encoding.UTF8));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CloudException(
                ErrorCause.Local, $"The audit trail '{path}' can't be read: {error.Message}", "Check the path and its permissions.", error);
        }
    }

    private static AuditVerification Verify(IEnumerable<string> lines)
    {
        var count = 0L;
        var last = AuditLine.Origin;
        foreach (var line in lines)
        {
            var problem = AuditLine.Check(line, out var sequence, out var previous, out var hash);
            problem ??= previous != last ? "it doesn't follow from the line before" : null;
            problem ??= sequence != count + 1 ? "its number doesn't follow from the line before" : null;
            if (problem is not null)
            {
                return new AuditVerification(count, count + 1, problem, last);
            }

            (count, last) = (count + 1, hash);
        }

        return new AuditVerification(count, null, null, last);
    }
}
