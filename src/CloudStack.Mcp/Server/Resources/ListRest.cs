using Cloud.Core.Errors;
using Cloud.Core.Objects;
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
        var (sieve, outcome) = await calls.ReadRowsAsync(read, caller, cancellationToken);
        var rows = Write(read, sieve.Rows);
        var next = handle.Skip + rows.Count;
        var total = read.Filter is null ? outcome.TotalCount : sieve.Fitting;
        var more = rows.Count > 0 && (rows.Count < sieve.Rows.Count || (total is { } all ? next < all : rows.Count >= MostRows));
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
            foreach (var row in rows)
            {
                w.WriteRawValue(row.Span, skipInputValidation: true);
            }

            w.WriteEndArray();
        });
    }

    private List<ReadOnlyMemory<byte>> Write(ReadRequest read, IReadOnlyList<CloudObject> objects)
    {
        var type = parts.Catalog.FindResult(read.Command.Result);
        var writer = new ObjectWriter(parts.Catalog, new SecretFields(read.Command, read.Fields));
        var columns = read.Fields.Count == 0 ? DefaultColumns.Of(type, objects, parts.Vocabulary.TellingFields)
            : read.Fields.Contains(ReadAnswer.AllFields) ? null : read.Fields;
        var rows = new List<ReadOnlyMemory<byte>>();
        var left = MostBytes;
        foreach (var item in objects)
        {
            var row = AnswerBuffer.Measure(w => writer.Write(w, item.GetJson(), type, columns));
            left -= row.Length;
            if (left < 0 && rows.Count > 0)
            {
                break;
            }

            rows.Add(row);
        }

        return rows;
    }
}
