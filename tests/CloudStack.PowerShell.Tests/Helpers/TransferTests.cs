using System.Text;
using System.Text.Json;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using CloudStack.PowerShell.Commands.Helpers.Console;
using CloudStack.PowerShell.Commands.Helpers.Transfers;

namespace CloudStack.PowerShell.Tests.Helpers;

/// <summary>Addresses, names and checksums that a cloud made up, and the upload.</summary>
public sealed class TransferTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    /// <inheritdoc/>
    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://files.example.com/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/userdata/a.qcow2")]
    [InlineData("https://admin:secret@files.example.com/a")]
    public void An_address_that_is_not_of_the_web_or_carries_credentials_is_refused(string? url)
    {
        var error = Assert.Throws<CloudException>(() => TransferAddress.Check(url, "the download"));

        Assert.Equal(ErrorCause.BadAnswer, error.Cause);
    }

    [Fact]
    public void Nothing_leads_from_https_to_plain_http() => Assert.Throws<CloudException>(
        () => TransferAddress.Follow(new Uri("https://files.example.com/a"), new Uri("http://files.example.com/a")));

    [Theory]
    [InlineData("Debian 12", "https://f.example/a.qcow2", null, "Debian 12.qcow2")]
    [InlineData("../../etc/passwd", "https://f.example/a.vhd.bz2", null, "_.._etc_passwd.vhd.bz2")]
    [InlineData("nul", "https://f.example/a", "ISO", "nul_image.iso")]
    [InlineData("a\u001b[31m\nb", "https://f.example/run.ps1", null, "a _31m b.img")]
    [InlineData("   ", "https://f.example/x.exe", "ova", "_image.ova")]
    public void A_file_name_is_plain_whatever_the_object_is_called(string name, string url, string? format, string file) =>
        Assert.Equal(file, ImageFileName.Of(name, new Uri(url), format));

    [Theory]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", "MD5")]
    [InlineData("{SHA-512}cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e", "SHA512")]
    [InlineData("not a checksum", null)]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", null)]
    [InlineData(null, null)]
    public void A_checksum_says_its_hash_by_its_length(string? text, string? hash) => Assert.Equal(hash, FileChecksum.Read(text)?.Hash.Name);

    [Fact]
    public async Task An_upload_carries_its_signature_and_the_file_and_nothing_else()
    {
        File.WriteAllText(_file, "contents");
        var (headers, body) = (new List<string>(), "");
        using var server = new FileServer(context =>
        {
            headers.AddRange(context.Request.Headers.AllKeys!);
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            body = reader.ReadToEnd();
        });
        using var http = TransferClient.Open(anyCertificate: false);
        var seen = new List<long>();

        await new FileUpload(http, (bytes, _) => seen.Add(bytes)).RunAsync(Ticket(server.Url.AbsoluteUri), _file, CancellationToken.None);

        Assert.Equal(["Content-Length", "Content-Type", "Host", "X-expires", "X-metadata", "X-signature"], headers.Order(StringComparer.Ordinal));
        Assert.Contains($"filename=\"{Path.GetFileName(_file)}\"", body, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\ncontents\r\n--", body, StringComparison.Ordinal);
        Assert.Equal([8], seen);
    }

    [Fact]
    public async Task A_refused_upload_tells_the_reason_and_what_is_left_over()
    {
        using var server = new FileServer(context =>
        {
            context.Request.InputStream.CopyTo(Stream.Null);
            context.Response.StatusCode = 401;
            context.Response.OutputStream.Write("The \u001b[31msignature has expired"u8);
        });
        using var http = TransferClient.Open(anyCertificate: false);

        var error = await Assert.ThrowsAsync<CloudException>(
            () => new FileUpload(http, (_, _) => { }).RunAsync(Ticket(server.Url.AbsoluteUri), _file, CancellationToken.None));

        Assert.Equal(ErrorCause.Forbidden, error.Cause);
        Assert.Contains("signature has expired", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.Contains("7f1c", error.NextStep, StringComparison.Ordinal);
        Assert.DoesNotContain("c2lnbmF0dXJl", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_follows_nobody_elsewhere()
    {
        using var server = new FileServer(context =>
        {
            context.Request.InputStream.CopyTo(Stream.Null);
            context.Response.StatusCode = 307;
            context.Response.Headers["Location"] = "/elsewhere";
        });
        using var http = TransferClient.Open(anyCertificate: false);

        await Assert.ThrowsAsync<CloudException>(
            () => new FileUpload(http, (_, _) => { }).RunAsync(Ticket(server.Url.AbsoluteUri), _file, CancellationToken.None));

        Assert.Equal(["POST /"], server.Asked);
    }

    [Theory]
    [InlineData("""{"id":"7f1c","postURL":"http://127.0.0.1/","signature":"s","metadata":"m"}""")]
    [InlineData("""{"id":"7f1c","postURL":"http://127.0.0.1/","signature":"s\r\nX-Evil: 1","metadata":"m","expires":"e"}""")]
    [InlineData("""{"id":"7f1c","postURL":"file:///tmp/x","signature":"s","metadata":"m","expires":"e"}""")]
    public void A_ticket_with_something_missing_or_smuggled_in_is_refused(string json) =>
        Assert.Throws<CloudException>(() => UploadTicket.Read(new CloudObject(JsonDocument.Parse(json).RootElement)));

    [Fact]
    public void The_browser_gets_the_address_as_one_word_that_is_no_option()
    {
        var start = Browser.Start(TransferAddress.Check("https://console.example.com/x?a=1&b=$(touch /tmp/x);'\"", "the console"));

        Assert.StartsWith("https://", OperatingSystem.IsWindows() ? start.FileName : Assert.Single(start.ArgumentList), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pwsh -NonInteractive", ":0", false)]
    [InlineData("pwsh -noni", ":0", false)]
    [InlineData("pwsh -NoProfile", ":0", true)]
    [InlineData("pwsh", null, false)]
    public void A_session_without_a_screen_or_a_person_opens_no_browser(string commandLine, string? display, bool opens) => Assert.Equal(
        opens || (!OperatingSystem.IsLinux() && commandLine == "pwsh"),
        Browser.HasScreen(commandLine.Split(' '), name => name == "DISPLAY" ? display : null));

    private static UploadTicket Ticket(string url) => UploadTicket.Read(new CloudObject(JsonDocument.Parse(
        $$"""{"id":"7f1c","postURL":"{{url}}","signature":"c2lnbmF0dXJl","metadata":"bWV0YQ","expires":"2031-02-03T04:05:06Z"}""").RootElement));
}
