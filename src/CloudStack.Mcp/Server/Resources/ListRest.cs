using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Resources;

/// <summary>
/// Reads the rows that a list's answer left out, for a program rather than a model: many, but a bounded number of rows and
/// bytes, with the address of what is left then.
/// </summary>
/// <param name="parts">What the tools work with.</param>
/// <param name="calls">Runs commands.</param>
internal sealed class ListRest(ServerParts parts, CommandCalls calls)
{
    /// <summary>The most rows of one reading.</summary>
    public const int MostRows = 10_000;

    /// <summary>The most bytes of one reading's rows.</summary>
    public const int MostBytes = 4 << 20;

    private static readonly RowBudget Bytes = new(MostBytes, Field: 20, static row => row.Length);

    /// <summary>Reads the rows.</summary>
    /// <param name="handle">The list, and how many rows come before.</param>
    /// <param name="caller">Who reads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ToolAnswer> ReadAsync(ListHandle handle, IToolCaller caller, CancellationToken cancellationToken)
    {
        var command = calls.Find(handle.Command);
        if (command is not { IsRead: true, IsList: true })
        {
            throw new CloudException(ErrorCause.InvalidArgument, $"{command.Name} lists nothing; nothing was sent.", "Read the link of a list's answer.");
        }

        var read = new ReadRequest(
            command, handle.Arguments.ToDictionary(a => a.Key, a => (object?)a.Value), handle.Fields, handle.Skip, MostRows)
        {
            Filter = handle.Filter,
        };
        var rows = new ReadAnswer(parts.Catalog, parts.Vocabulary, parts.Profile).Rows(read, Bytes);
        var (sieve, outcome) = await calls.ReadRowsAsync(read, rows, caller, cancellationToken);
        rows.End();
        var next = handle.Skip + rows.Count;
        var total = read.Filter is null ? outcome.TotalCount : sieve.Fitting;
        var more = rows.Count > 0 && (rows.IsCut || (total is { } all ? next < all : rows.Given >= MostRows));
        return AnswerBuffer.Write(w =>
        {
            w.WriteNumber("before", handle.Skip);
            w.WriteNumber("count", rows.Count);
            if (total is { } known)
            {
                w.WriteNumber("total", known);
            }

            if (more && ListHandle.Write(read, next) is { } rest)
            {
                w.WriteString("next", new ResourceAddress(parts.Vocabulary.Scheme, parts.Profile, ReadAnswer.RestKind, rest).ToString());
            }

            w.WriteStartArray("rows");
            if (rows.Count > 0)
            {
                w.WriteRawValue(rows.Json, skipInputValidation: true);
            }

            w.WriteEndArray();
        });
    }
}
