using System.Net;
using System.Security.Cryptography;
using Cloud.Core.Errors;
using CloudStack.PowerShell.Commands.Helpers.Transfers;

namespace CloudStack.PowerShell.Tests.Helpers;

/// <summary>Downloads from servers that break off, lie and lead astray.</summary>
public sealed class FileDownloadTests : IDisposable
{
    private const string Tag = "\"v1\"";
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(300_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("cloudstack-download-").FullName;

    private string Target => Path.Combine(_folder, "image.qcow2");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_comes_whole_and_leaves_nothing_beside_it()
    {
        using var server = new FileServer(FileServer.Giving(Content, Tag));
        var last = 0L;

        await DownloadAsync(server.Url, progress: (bytes, _) => last = bytes);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
        Assert.Equal(Content.Length, last);
    }

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_was()
    {
        using var server = new FileServer(FileServer.Giving(Content, Tag, breakAfter: 100_000));

        await DownloadAsync(server.Url);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(2, server.Asked.Count);
        Assert.Matches(@"^GET / bytes=[1-9]\d*-$", server.Asked[1]);
    }

    [Fact]
    public async Task A_beginning_from_another_day_is_gone_on_with_only_where_the_file_is_the_same()
    {
        await LeaveBeginningAsync(Tag);
        using var same = new FileServer(FileServer.Giving(Content, Tag));

        await DownloadAsync(same.Url);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Contains(same.Asked, request => request.Contains("bytes=", StringComparison.Ordinal));

        File.Delete(Target);
        await LeaveBeginningAsync("\"old\"");
        using var another = new FileServer(FileServer.Giving(Content, Tag));

        await DownloadAsync(another.Url);

        Assert.Equal(Content, File.ReadAllBytes(Target));
        Assert.Equal(["GET /"], another.Asked);
    }

    [Fact]
    public async Task A_server_that_always_breaks_off_is_given_up_and_the_beginning_kept()
    {
        using var server = new FileServer(context =>
        {
            context.Response.Headers["ETag"] = Tag;
            context.Response.ContentLength64 = Content.Length;
            context.Response.OutputStream.Write(Content, 0, 1000);
            context.Response.OutputStream.Flush();
            context.Response.Abort();
        });

        var error = await FailAsync(server.Url);

        Assert.Equal(ErrorCause.Unreachable, error.Cause);
        Assert.Contains("goes on where it broke off", error.NextStep, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
        Assert.InRange(server.Asked.Count, 2, 10);
    }

    [Fact]
    public async Task A_wrong_checksum_removes_the_file_and_a_right_one_keeps_it()
    {
        using var server = new FileServer(FileServer.Giving(Content, Tag));
        var right = Convert.ToHexString(SHA256.HashData(Content));

        var error = await FailAsync(server.Url, checksum: FileChecksum.Read("{SHA-256}" + new string('0', 64)));
        Assert.Equal(ErrorCause.BadAnswer, error.Cause);
        Assert.Empty(Directory.GetFiles(_folder));

        await DownloadAsync(server.Url, checksum: FileChecksum.Read(right));
        Assert.True(File.Exists(Target));
    }

    [Theory]
    [InlineData(299_999, long.MaxValue)]
    [InlineData(long.MaxValue, 299_999)]
    public async Task More_than_there_is_room_for_is_refused_before_it_is_fetched(long mostBytes, long room)
    {
        using var server = new FileServer(FileServer.Giving(Content, Tag));

        var error = await FailAsync(server.Url, mostBytes, room);

        Assert.Equal(ErrorCause.OutOfResources, error.Cause);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_without_a_length_is_stopped_where_the_room_ends()
    {
        using var server = new FileServer(context =>
        {
            context.Response.SendChunked = true;
            context.Response.OutputStream.Write(Content);
        });

        var error = await FailAsync(server.Url, room: 1000);

        Assert.Equal(ErrorCause.OutOfResources, error.Cause);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_came_meanwhile_is_not_overwritten()
    {
        using var server = new FileServer(FileServer.Giving(Content, Tag));
        File.WriteAllText(Target, "mine");

        var error = await FailAsync(server.Url);

        Assert.Equal(ErrorCause.Local, error.Cause);
        Assert.Equal("mine", File.ReadAllText(Target));
    }

    [Fact]
    public async Task Redirections_are_followed_to_web_addresses_only_and_not_for_ever()
    {
        using var server = new FileServer(context => Lead(context, context.Request.Url!.AbsolutePath switch
        {
            "/file" => "file:///etc/passwd",
            "/password" => "http://user:pass@127.0.0.1/",
            "/once" => "/there",
            "/there" => null,
            _ => "/ring",
        }));

        Assert.Equal(ErrorCause.BadAnswer, (await FailAsync(new Uri(server.Url, "/file"))).Cause);
        Assert.Equal(ErrorCause.BadAnswer, (await FailAsync(new Uri(server.Url, "/password"))).Cause);
        Assert.Equal(ErrorCause.BadAnswer, (await FailAsync(new Uri(server.Url, "/ring"))).Cause);
        await DownloadAsync(new Uri(server.Url, "/once"));
        Assert.Equal("here", File.ReadAllText(Target));
    }

    [Fact]
    public async Task An_address_that_has_expired_says_to_ask_again()
    {
        using var server = new FileServer(context => context.Response.StatusCode = 404);

        Assert.Contains("run the command again", (await FailAsync(server.Url)).NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_credentials_and_no_cookies_go_along()
    {
        var headers = new List<string>();
        using var server = new FileServer(context =>
        {
            headers.AddRange(context.Request.Headers.AllKeys!);
            context.Response.SetCookie(new Cookie("session", "x"));
            context.Response.ContentLength64 = 0;
        });

        await DownloadAsync(server.Url);
        File.Delete(Target);
        await DownloadAsync(server.Url);

        Assert.Equal(["Host", "Host"], headers);
    }

    private static void Lead(HttpListenerContext context, string? to)
    {
        context.Response.StatusCode = to is null ? 200 : 302;
        if (to is not null)
        {
            context.Response.Headers["Location"] = to;
        }
        else
        {
            context.Response.OutputStream.Write("here"u8);
        }
    }

    private async Task LeaveBeginningAsync(string tag)
    {
        using var answer = new HttpResponseMessage { Content = new ByteArrayContent(Content) };
        answer.Headers.TryAddWithoutValidation("ETag", tag);
        await File.WriteAllBytesAsync(PartialFile.Of(Target, answer).Path, Content[..1234]);
    }

    private async Task<CloudException> FailAsync(Uri url, long mostBytes = long.MaxValue, long room = long.MaxValue, FileChecksum? checksum = null) =>
        await Assert.ThrowsAsync<CloudException>(() => DownloadAsync(url, mostBytes, room, checksum));

    private async Task DownloadAsync(
        Uri url, long mostBytes = long.MaxValue, long room = long.MaxValue, FileChecksum? checksum = null, Action<long, long?>? progress = null)
    {
        using var http = TransferClient.Open(anyCertificate: false);
        var rules = new DownloadRules(Overwrite: false, mostBytes, checksum)
        {
            Pause = TimeSpan.Zero,
            LongestSilence = TimeSpan.FromSeconds(10),
            Room = _ => room,
        };
        await new FileDownload(http, rules, progress ?? ((_, _) => { }), TimeProvider.System).RunAsync(url, Target, CancellationToken.None);
    }
}
