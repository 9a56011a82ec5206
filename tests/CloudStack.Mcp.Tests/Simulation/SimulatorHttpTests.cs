using System.Net;
using System.Text;
using System.Text.Json;
using CloudStack.Mcp.Simulation;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Simulation;

/// <summary>The simulator over HTTP: compression, slow answers, and its own handles.</summary>
public sealed class SimulatorHttpTests : IAsyncLifetime, IDisposable
{
    private readonly SimulatedCloud _cloud = new(new SimulatorOptions { Pace = ClockPace.Stepped, JobDelay = TimeSpan.FromMinutes(1) });
    private readonly HttpClient _http = new();
    private SimulatorHost _host = null!;

    public async Task InitializeAsync() => _host = await SimulatorHost.StartAsync(_cloud, IPAddress.Loopback, 0, default);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _cloud.Dispose();
    }

    [Theory]
    [InlineData("gzip, deflate", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    public async Task Compresses_for_who_takes_it(string accepted, bool isCompressed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _host.Url + "?command=listZones");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);

        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(isCompressed, answer.Content.Headers.ContentEncoding.Contains("gzip"));
    }

    [Fact]
    public async Task Reads_back_what_was_compressed()
    {
        using var unzipping = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.GZip });

        var plain = await (await _http.GetAsync(_host.Url + "?command=listZones&response=json")).Content.ReadAsStringAsync();
        var packed = await (await unzipping.GetAsync(_host.Url + "?command=listZones&response=json")).Content.ReadAsStringAsync();

        Assert.Equal(plain, packed);
    }

    [Fact]
    public async Task Steps_and_shows_the_clock()
    {
        var before = await GetAsync("clock");
        var after = await PostAsync("clock", """{"stepSeconds":90}""");
        var fast = await PostAsync("clock", """{"pace":"fast:60"}""");

        Assert.Equal("stepped", before.GetProperty("pace").GetString());
        Assert.Equal(TimeSpan.FromSeconds(90), after.GetProperty("time").GetDateTimeOffset() - before.GetProperty("time").GetDateTimeOffset());
        Assert.Equal("fast:60", fast.GetProperty("pace").GetString());
    }

    [Fact]
    public async Task Takes_faults_and_forgets_them()
    {
        await PostAsync("faults", """{"fault":"htmlPage","status":502,"times":5}""");
        Assert.Equal(HttpStatusCode.BadGateway, (await _http.GetAsync(_host.Url)).StatusCode);

        using var clearing = Json(HttpMethod.Delete, "faults", "");
        await _http.SendAsync(clearing);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _http.GetAsync(_host.Url)).StatusCode);
    }

    [Fact]
    public async Task Drips_a_slow_answer_in()
    {
        await PostAsync("faults", """{"fault":"slowBody","seconds":0.05}""");

        var slow = await (await _http.GetAsync(_host.Url + "?command=listZones")).Content.ReadAsStringAsync();

        Assert.Equal(await (await _http.GetAsync(_host.Url + "?command=listZones")).Content.ReadAsStringAsync(), slow);
    }

    [Fact]
    public async Task Shows_the_latest_requests_without_secrets()
    {
        await _http.GetAsync(_host.Url + "?command=listZones&apikey=k&signature=s");
        await _http.GetAsync(_host.Url + "?command=listHosts&password=p");

        var requests = await GetAsync("requests?last=1");

        Assert.Equal(1, requests.GetArrayLength());
        Assert.Equal("listHosts", requests[0].GetProperty("command").GetString());
        Assert.Equal("***", requests[0].GetProperty("parameters").GetProperty("password").GetString());
    }

    [Theory]
    [InlineData("clock", "nonsense")]
    [InlineData("clock", "{\"pace\":\"backwards\"}")]
    [InlineData("clock", "{\"stepSeconds\":-1}")]
    [InlineData("clock", "{\"stepSeconds\":1e300}")]
    [InlineData("clock", "[]")]
    [InlineData("faults", "nonsense")]
    public async Task Refuses_what_it_does_not_understand_and_changes_nothing(string handle, string body)
    {
        var time = _cloud.Clock.GetUtcNow();
        using var request = Json(HttpMethod.Post, handle, body);

        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal((time, ClockPace.Stepped), (_cloud.Clock.GetUtcNow(), _cloud.Clock.Pace));
        Assert.Empty(_cloud.Faults.Waiting);
    }

    [Fact]
    public async Task Takes_no_change_from_a_plain_form_as_any_web_page_could_send_it()
    {
        using var form = new StringContent("""{"fault":"refuse"}""", Encoding.UTF8, "text/plain");

        using var answer = await _http.PostAsync(Handle("faults"), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_cloud.Faults.Waiting);
    }

    private async Task<JsonElement> GetAsync(string handle) => JsonElement.Parse(await _http.GetStringAsync(Handle(handle)));

    private async Task<JsonElement> PostAsync(string handle, string body)
    {
        using var request = Json(HttpMethod.Post, handle, body);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
    }

    private HttpRequestMessage Json(HttpMethod method, string handle, string body) =>
        new(method, Handle(handle)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private Uri Handle(string name) => new(_host.Url, "/simulator/" + name);
}
