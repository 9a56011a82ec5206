using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Files that leave the cloud and come into it beside the API.</summary>
public sealed class ImageTransferTests : Scene
{
    [Fact]
    public async Task What_is_extracted_is_downloaded_and_taken_up_again_where_it_broke_off()
    {
        var offer = await Root.FinishAsync("extractTemplate", ("id", await TemplateAsync()), ("mode", "HTTP_DOWNLOAD"));
        using var http = new HttpClient(TheCloud.CreateHandler());
        using var whole = await http.GetAsync(Text(offer, "url"));
        var content = await whole.Content.ReadAsByteArrayAsync();
        using var again = new HttpRequestMessage(HttpMethod.Get, Text(offer, "url"));
        again.Headers.Range = new RangeHeaderValue(1000, null);
        again.Headers.IfRange = new RangeConditionHeaderValue(whole.Headers.ETag!);

        using var rest = await http.SendAsync(again);

        Assert.Equal("DOWNLOAD_URL_CREATED", Text(offer, "state"));
        Assert.Equal(HttpStatusCode.PartialContent, rest.StatusCode);
        Assert.Equal(content[1000..], await rest.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_is_given_whole()
    {
        var offer = await Root.FinishAsync("extractTemplate", ("id", await TemplateAsync()), ("mode", "HTTP_DOWNLOAD"));
        using var http = new HttpClient(TheCloud.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, Text(offer, "url"));
        request.Headers.Range = new RangeHeaderValue(1000, null);
        request.Headers.IfRange = new RangeConditionHeaderValue("\"another\"");

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_volume_of_a_running_machine_stays()
    {
        var text = await Root.FailAsync(431, "extractVolume", ("id", await VolumeAsync("db-01-data")), ("mode", "HTTP_DOWNLOAD"), ("zoneid", await ZoneAsync()));

        Assert.Contains("db-01", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_uploaded_as_announced_becomes_ready_and_comes_out_as_it_went_in()
    {
        var ticket = (await Root.DoAsync(
            "getUploadParamsForTemplate", ("name", "own"), ("format", "QCOW2"), ("hypervisor", "KVM"), ("zoneid", await ZoneAsync()))).Item;
        using var http = new HttpClient(TheCloud.CreateHandler());

        Assert.Equal("False", Text(await TemplateAsync(ticket), "isready"));
        Assert.Equal(HttpStatusCode.Unauthorized, await UploadAsync(http, ticket, "wrong"));
        Assert.Equal(HttpStatusCode.OK, await UploadAsync(http, ticket, Text(ticket, "signature")!));
        Assert.Equal(("True", "8"), (Text(await TemplateAsync(ticket), "isready"), Text(await TemplateAsync(ticket), "size")));
        Assert.Equal(HttpStatusCode.NotFound, await UploadAsync(http, ticket, Text(ticket, "signature")!));

        var offer = await Root.FinishAsync("extractTemplate", ("id", Id(ticket)), ("mode", "HTTP_DOWNLOAD"));
        Assert.Equal("contents", await http.GetStringAsync(Text(offer, "url")));
    }

    private async Task<JsonElement> TemplateAsync(JsonElement ticket) =>
        (await Root.CallAsync("listTemplates", ("templatefilter", "all"), ("id", Id(ticket)))).Items.Single();

    private static async Task<HttpStatusCode> UploadAsync(HttpClient http, JsonElement ticket, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Text(ticket, "postURL"));
        request.Headers.Add("X-signature", signature);
        request.Headers.Add("X-metadata", Text(ticket, "metadata"));
        using var file = new ByteArrayContent(Encoding.ASCII.GetBytes("contents"));
        request.Content = new MultipartFormDataContent { { file, "file", "own.qcow2" } };
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
