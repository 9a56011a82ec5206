using System.Globalization;
using System.Text;

namespace CloudStack.Client.Tests.Support;

/// <summary>Answers a paged list over rows of its own, by the server's rules, with faults where a test asks for them.</summary>
internal sealed class PagedServer
{
    private readonly List<string> _rows;

    public PagedServer(int rows)
        : this(Enumerable.Range(0, rows).Select(Row))
    {
    }

    public PagedServer(IEnumerable<string> rows)
    {
        _rows = [.. rows];
        Server = new ScriptedServer { Otherwise = Answer };
    }

    public ScriptedServer Server { get; }

    public List<string> Rows => _rows;

    public int Cap { get; init; } = 500;

    public bool CountsThePageOnly { get; init; }

    public bool IgnoresPaging { get; init; }

    public bool SendsNoCount { get; init; }

    /// <summary>Runs before a page is answered; the argument is the page's number.</summary>
    public Action<int>? Before { get; init; }

    public List<(int Page, int Size)> Asked => [.. Server.Log.Select(r => (Number(r, "page"), Number(r, "pagesize")))];

    public static string Row(int number) => $$"""{"id":"{{Id(number)}}","name":"vm-{{number}}"}""";

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{number:x12}");

    private static int Number(SentRequest request, string name) => int.Parse(request.Parameters[name], CultureInfo.InvariantCulture);

    private HttpResponseMessage Answer(SentRequest request)
    {
        var (page, size) = (Number(request, "page"), Number(request, "pagesize"));
        if (size > Cap)
        {
            return ScriptedServer.Json($$$"""{"r":{"errorcode":431,"cserrorcode":9999,"errortext":"Page size can't exceed max allowed page size value: {{{Cap}}}"}}""", 431);
        }

        Before?.Invoke(page);
        var rows = IgnoresPaging ? _rows : [.. _rows.Skip((page - 1) * size).Take(size)];
        var count = CountsThePageOnly ? rows.Count : _rows.Count;
        if (_rows.Count == 0)
        {
            return ScriptedServer.Json("""{"r":{}}""");
        }

        var text = new StringBuilder("{\"r\":{").Append(SendsNoCount ? "" : $"\"count\":{count}");
        if (rows.Count > 0)
        {
            text.Append(SendsNoCount ? "" : ",").Append("\"virtualmachine\":[").AppendJoin(',', rows).Append(']');
        }

        return ScriptedServer.Json(text.Append("}}").ToString());
    }
}
